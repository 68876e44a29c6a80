/** Which columns the table shows. */

import { go } from '../../address/location.js';
import { disclosure } from '../../dom/disclosure.js';
import { h } from '../../dom/element.js';

/** @typedef {import('./columns.js').Column} Column */

export class ColumnPicker {
  /** @type {ReadonlySet<string>} */
  #shown = new Set();
  #all;
  #disclosure;

  /** @param {readonly Column[]} all */
  constructor(all) {
    this.#all = all;
    this.#disclosure = disclosure({
      label: 'Columns',
      symbol: 'columns',
      kind: 'end',
      content: () => this.#content(),
    });
  }

  get element() {
    return this.#disclosure.element;
  }

  /** @param {readonly Column[]} columns */
  show(columns) {
    this.#shown = new Set(columns.map(({ id }) => id));
    this.#disclosure.show(`${columns.length} of ${this.#all.length} columns`);
  }

  #content() {
    const boxes = this.#all
      .filter(({ id }) => id !== 'moduleName') // The module is always shown, so it cannot be switched off.
      .map(({ id, title }) =>
        h(
          'label',
          { class: 'check' },
          h('input', { type: 'checkbox', checked: this.#shown.has(id), onchange: () => this.#toggle(id) }),
          h('span', {}, title),
        ),
      );
    return h('div', { class: 'checks' }, ...boxes);
  }

  /** @param {string} toggled */
  #toggle(toggled) {
    const isChosen = (/** @type {string} */ id) => this.#shown.has(id) !== (id === toggled);
    const ids = this.#all.map(({ id }) => id).filter(isChosen);
    const usual = this.#all.filter(({ isUsual }) => isUsual).map(({ id }) => id);
    go({ columns: ids.join() === usual.join() ? null : ids });
  }
}
