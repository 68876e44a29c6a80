/** Picks none (all), one or several of many: with a search, and as many boxes as were found. */

import { isAborted } from '../api/client.js';
import { disclosure } from './disclosure.js';
import { h, name, put } from './element.js';

/** While somebody types, nothing is asked. */
const TYPING_MS = 200;

/** @typedef {{ id: string, label: string, note?: string }} Item */
/** @typedef {{ items: readonly Item[], cursor: string | null }} Found */
/**
 * @typedef {object} Options
 * @property {string} label
 * @property {string} symbol
 * @property {string} allText what nothing chosen means
 * @property {(text: string, cursor: string | null, signal: AbortSignal) => Promise<Found>} find
 * @property {(id: string) => Promise<string>} labelOf of one that was not found by searching yet
 * @property {(ids: readonly string[]) => void} onChoose
 * @property {() => Node | null} [extra] stands above the search
 */

export class IdPicker {
  /** @type {Set<string>} */
  #chosen = new Set();
  /** Labels of the items seen so far, to name what is chosen. @type {Map<string, string>} */
  #labels = new Map();
  #searching = new AbortController();
  #timer = 0;
  #list = h('div', { class: 'checks long', 'aria-live': 'polite' });
  #everything = h('button', { type: 'button', class: 'option', onclick: () => this.#chooseNothing() });
  #options;
  #disclosure;

  /** @param {Options} options */
  constructor(options) {
    this.#options = options;
    const { label, symbol, allText } = options;
    this.#disclosure = disclosure({ label, symbol, content: () => this.#content() });
    put(this.#everything, allText);
  }

  get element() {
    return this.#disclosure.element;
  }

  /**
   * @param {readonly string[]} ids
   * @param {string} [instead] what to say in place of the names
   */
  async show(ids, instead = '') {
    this.#chosen = new Set(ids);
    this.#everything.setAttribute('aria-pressed', String(ids.length === 0 && instead === ''));
    const [first] = ids;
    if (instead !== '' || first === undefined || ids.length > 1) {
      this.#disclosure.show(
        instead || (first === undefined ? this.#options.allText : `${ids.length} chosen`),
      );
      return;
    }
    if (!this.#labels.has(first)) {
      this.#disclosure.show('1 chosen');
      this.#labels.set(first, await this.#options.labelOf(first).catch(() => first));
    }
    const isStillAlone = this.#chosen.size === 1 && this.#chosen.has(first);
    if (isStillAlone) this.#disclosure.show(name(this.#labels.get(first) ?? first));
  }

  close() {
    this.#searching.abort();
    clearTimeout(this.#timer);
  }

  #content() {
    const { label, extra = () => null } = this.#options;
    const search = h('input', {
      type: 'search',
      'aria-label': `Search ${label.toLowerCase()}`,
      placeholder: 'Search …',
      autocomplete: 'off',
      oninput: () => {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => void this.#fill(search.value, null), TYPING_MS);
      },
    });
    put(this.#list, h('div', { class: 'ghost row' }));
    void this.#fill('', null);
    return h('div', { class: 'id-picker' }, extra(), this.#everything, search, this.#list);
  }

  #chooseNothing() {
    for (const box of this.#list.querySelectorAll('input')) box.checked = false;
    this.#options.onChoose([]);
  }

  /**
   * @param {string} text
   * @param {string | null} cursor
   */
  async #fill(text, cursor) {
    this.#searching.abort();
    this.#searching = new AbortController();
    const list = this.#list;
    list.setAttribute('aria-busy', 'true');
    try {
      const found = await this.#options.find(text.trim(), cursor, this.#searching.signal);
      this.#add(found, text, cursor === null);
    } catch (error) {
      if (isAborted(error)) return;
      put(list, h('p', { class: 'form-error' }, 'The list could not be read. Try again.'));
    }
    list.setAttribute('aria-busy', 'false');
  }

  /**
   * @param {Found} found
   * @param {string} text
   * @param {boolean} isFirst
   */
  #add({ items, cursor }, text, isFirst) {
    for (const item of items) this.#labels.set(item.id, item.label);
    this.#list.querySelector('.more')?.remove();
    if (isFirst) put(this.#list, items.length === 0 && h('p', { class: 'hint' }, 'Nothing by that name.'));
    const apart = isFirst && text === '' ? this.#chosenBeside(items) : [];
    this.#list.append(...[...apart, ...items].map((item) => this.#box(item)));
    if (cursor === null) return;
    const more = () => void this.#fill(text, cursor);
    this.#list.append(
      h('button', { type: 'button', class: 'button quiet more', onclick: more }, 'Show more'),
    );
  }

  /**
   * @param {readonly Item[]} items
   * @returns {Item[]} what is chosen and not among them: the first list shows all that is
   */
  #chosenBeside(items) {
    const others = [...this.#chosen].filter((id) => items.every((item) => item.id !== id));
    return others.map((id) => ({ id, label: this.#labels.get(id) ?? id, note: id }));
  }

  /** @param {Item} item */
  #box({ id, label, note }) {
    const toggle = () => {
      if (!this.#chosen.delete(id)) this.#chosen.add(id);
      this.#options.onChoose([...this.#chosen]);
    };
    return h(
      'label',
      { class: 'check' },
      h('input', { type: 'checkbox', checked: this.#chosen.has(id), onchange: toggle }),
      h(
        'span',
        { class: 'check-text' },
        name(label, { class: 'two-lines', title: label }),
        note !== undefined && h('small', {}, name(note)),
      ),
    );
  }
}
