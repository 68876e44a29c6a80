/** The drawer over a view, opened by the address: the explanation of a row. */

import { go, here, onMove } from '../address/location.js';
import { h, icon, put } from '../dom/element.js';
import { latest } from '../dom/latest.js';
import { explanationContent } from '../explanation/explanation-drawer.js';
import { mayReadReports } from '../session/rights.js';
import { problemPanel } from '../dom/problem-panel.js';

/** @typedef {import('../session/rights.js').Rights} Rights */
/** @typedef {import('../api/settings.js').Platform} Platform */
/** @typedef {{ title: Node | string, body: readonly (Node | string | false | null)[] }} Content */
/** @typedef {{ key: string, title: string, ask: (signal: AbortSignal) => Promise<Content> }} Wanted */

export class Drawer {
  #title = h('h2', { id: 'drawer-title', tabindex: -1 });
  #body = h('div', { class: 'drawer-body' });
  #dialog = h('dialog', { class: 'drawer', 'aria-labelledby': 'drawer-title' });
  #loading = latest(this.#dialog);
  /** The element that gets the focus back. @type {Element | null} */
  #opener = null;
  #shown = '';
  #rights;
  #platform;
  #stopMoving;

  /**
   * @param {Rights} rights
   * @param {Platform | null} platform
   */
  constructor(rights, platform) {
    this.#rights = rights;
    this.#platform = platform;
    const leave = () => go({ deployment: null });
    const closer = h(
      'button',
      { type: 'button', class: 'button quiet round', 'aria-label': 'Close', onclick: leave },
      icon('close'),
    );
    this.#dialog.append(h('header', { class: 'drawer-head' }, this.#title, closer), this.#body);
    this.#dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      leave();
    });
    this.#dialog.addEventListener('click', ({ target }) => target === this.#dialog && leave());
    document.body.append(this.#dialog);
    this.#stopMoving = onMove(() => this.#show(false));
    this.#show(false);
  }

  /** Closes the drawer permanently. */
  close() {
    this.#stopMoving();
    this.#loading.stop();
    this.#dialog.remove();
  }

  /** @returns {Wanted | null} the content that the address names, if the caller can see it */
  #wanted() {
    const { deployment } = here();
    const platform = this.#platform;
    if (deployment === null || platform === null || !mayReadReports(this.#rights)) return null;
    const ask = (/** @type {AbortSignal} */ signal) => explanationContent(deployment, platform, signal);
    return { key: `deployment ${deployment}`, title: 'Why this number', ask };
  }

  /** @param {boolean} isAgain */
  #show(isAgain) {
    const wanted = this.#wanted();
    if (wanted === null) {
      this.#hide();
      return;
    }
    if (wanted.key === this.#shown && !isAgain) return;
    if (this.#shown === '') this.#opener = document.activeElement;
    this.#shown = wanted.key;
    put(this.#title, wanted.title);
    put(this.#body, h('div', { class: 'ghost tall' }), h('p', { class: 'sr', role: 'status' }, 'Loading'));
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#title.focus();
    void this.#loading.load(
      wanted.ask,
      ({ title, body }) => {
        put(this.#title, title);
        put(this.#body, ...body);
        this.#dialog.scrollTop = 0;
      },
      (error) =>
        put(
          this.#body,
          problemPanel(error, () => this.#show(true)),
        ),
    );
  }

  #hide() {
    if (this.#shown === '') return;
    this.#shown = '';
    this.#loading.stop();
    this.#dialog.close();
    if (this.#opener instanceof HTMLElement) this.#opener.focus({ preventScroll: true });
  }
}
