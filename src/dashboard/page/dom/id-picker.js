/** Picks none (all), one or several of many items, with a search and a checkbox for each result. */

import { isAborted } from '../api/client.js';
import { disclosure } from './disclosure.js';
import { h, name, put } from './element.js';

/** Requests wait until the user stops typing. */
const TYPING_MS = 200;
/** Most ids in one filter of the service, and most items in one of its lists. */
const MOST_CHOSEN = 5_000;
const MOST_OF_A_LIST = 500;

/** @typedef {{ id: string, label: string, note?: string }} Item */
/** @typedef {{ items: readonly Item[], cursor: string | null }} Found */
/**
 * @typedef {object} Options
 * @property {string} label
 * @property {string} symbol
 * @property {string} allText text if nothing is chosen
 * @property {(text: string, cursor: string | null, signal: AbortSignal, limit?: number) => Promise<Found>} find
 * @property {(id: string) => Promise<string>} labelOf label of an item that no search has returned yet
 * @property {(ids: readonly string[]) => void} onChoose
 * @property {(ids: readonly string[]) => void} [onLeaveOut] set if the chosen items can be excluded, and all results be
 *   chosen at once
 * @property {() => Node | null} [extra] shown above the search
 */

export class IdPicker {
  /** @type {Set<string>} */
  #chosen = new Set();
  /** Labels of the items seen so far, to show the chosen ones. @type {Map<string, string>} */
  #labels = new Map();
  /** Whether the chosen items are excluded. */
  #areLeftOut = false;
  #searching = new AbortController();
  #timer = /** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined);
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
   * @param {string} [instead] text to show in place of the names
   */
  async show(ids, instead = '') {
    this.#take(ids, false);
    this.#everything.setAttribute('aria-pressed', String(ids.length === 0 && instead === ''));
    const [first] = ids;
    if (instead !== '' || first === undefined || ids.length > 1) {
      this.#disclosure.show(
        instead || (first === undefined ? this.#options.allText : `${ids.length} chosen`),
      );
      return;
    }
    if (!this.#labels.has(first)) this.#disclosure.show('1 chosen');
    const label = await this.#labelOf(first);
    if (this.#isAlone(first, false)) this.#disclosure.show(name(label));
  }

  /** @param {readonly string[]} ids the excluded ones */
  async showLeftOut(ids) {
    this.#take(ids, true);
    this.#everything.setAttribute('aria-pressed', 'false');
    this.#disclosure.show(`All but ${ids.length}`);
    const [first] = ids;
    if (first === undefined || ids.length > 1) return;
    const label = await this.#labelOf(first);
    if (this.#isAlone(first, true)) this.#disclosure.show(h('span', {}, 'All but ', name(label)));
  }

  /**
   * @param {readonly string[]} ids
   * @param {boolean} areLeftOut
   */
  #take(ids, areLeftOut) {
    this.#chosen = new Set(ids);
    this.#areLeftOut = areLeftOut;
  }

  /** @param {string} id */
  async #labelOf(id) {
    const label = this.#labels.get(id) ?? (await this.#options.labelOf(id).catch(() => id));
    this.#labels.set(id, label);
    return label;
  }

  /**
   * @param {string} id
   * @param {boolean} isLeftOut
   */
  #isAlone(id, isLeftOut) {
    return this.#areLeftOut === isLeftOut && this.#chosen.size === 1 && this.#chosen.has(id);
  }

  #reportChoice() {
    const { onChoose, onLeaveOut } = this.#options;
    (this.#areLeftOut ? (onLeaveOut ?? onChoose) : onChoose)([...this.#chosen]);
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
    return h(
      'div',
      { class: 'id-picker' },
      extra(),
      this.#everything,
      ...(this.#options.onLeaveOut ? this.#manyAtOnce(search) : []),
      search,
      this.#list,
    );
  }

  /**
   * @param {HTMLInputElement} search
   * @returns {HTMLElement[]} controls that choose many items without a click on each
   */
  #manyAtOnce(search) {
    const ways = /** @type {const} */ ([
      ['Only the chosen', false],
      ['All but the chosen', true],
    ]).map(([text, areLeftOut]) => {
      const turn = () => {
        this.#areLeftOut = areLeftOut;
        for (const one of ways) one.setAttribute('aria-pressed', String(one === button));
        if (this.#chosen.size > 0) this.#reportChoice();
      };
      const isNow = String(this.#areLeftOut === areLeftOut);
      const button = h(
        'button',
        { type: 'button', class: 'option', 'aria-pressed': isNow, onclick: turn },
        text,
      );
      return button;
    });
    const all = () => void this.#chooseAllFound(search.value.trim());
    return [
      h('div', { class: 'options two' }, ...ways),
      h('button', { type: 'button', class: 'button quiet', onclick: all }, 'Choose all that are found'),
    ];
  }

  /** @param {string} text */
  async #chooseAllFound(text) {
    clearTimeout(this.#timer);
    this.#searching.abort();
    this.#searching = new AbortController();
    const { signal } = this.#searching;
    const found = new Set(this.#chosen);
    /** @type {string | null} */
    let cursor = null;
    try {
      do {
        const list = await this.#options.find(text, cursor, signal, MOST_OF_A_LIST);
        for (const { id, label } of list.items) {
          found.add(id);
          this.#labels.set(id, label);
        }
        cursor = list.cursor;
      } while (cursor !== null && found.size <= MOST_CHOSEN);
    } catch (error) {
      if (!isAborted(error)) this.#showError('The list could not be read. Try again.');
      return;
    }
    if (found.size > MOST_CHOSEN) {
      this.#showError('More than 5,000 were found. Search for fewer, or choose what to leave out.');
      return;
    }
    this.#chosen = found;
    this.#reportChoice();
    void this.#fill(text, null);
  }

  /** @param {string} text */
  #showError(text) {
    put(this.#list, h('p', { class: 'form-error' }, text));
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
      this.#showError('The list could not be read. Try again.');
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
    if (isFirst)
      put(this.#list, items.length === 0 && h('p', { class: 'hint' }, 'No results for this name.'));
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
   * @returns {Item[]} the chosen items that are not among these; the first list always shows all chosen ones
   */
  #chosenBeside(items) {
    const others = [...this.#chosen].filter((id) => items.every((item) => item.id !== id));
    return others.map((id) => ({ id, label: this.#labels.get(id) ?? id, note: id }));
  }

  /** @param {Item} item */
  #box({ id, label, note }) {
    const toggle = () => {
      if (!this.#chosen.delete(id)) this.#chosen.add(id);
      this.#reportChoice();
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
