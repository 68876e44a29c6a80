/** The Module Revenue view: filter, figures, chart, shares and all deployments. */

import { here, onMove } from '../address/location.js';
import { place } from '../address/router.js';
import { h, put } from '../dom/element.js';
import { latest } from '../dom/latest.js';
import { readReport, reportQuery } from '../api/revenue.js';
import { problemPanel } from '../dom/problem-panel.js';
import { seesEverybody } from '../session/rights.js';
import { count, money } from '../exact/format.js';
import { ChartPanel } from './chart/chart-panel.js';
import { emptyPanel } from './empty-panel.js';
import { figuresPanel } from './figures.js';
import { questionOf, rangeText } from './question.js';
import { sharesPanel } from './shares.js';
import { TablePanel } from './table/table-panel.js';
import { toolbar } from './toolbar/toolbar.js';
import { clearLink } from './toolbar/clear-link.js';

/** @typedef {import('../session/rights.js').Rights} Rights */
/** @typedef {import('../api/settings.js').Platform} Platform */
/** @typedef {import('../api/revenue.js').Report} Report */
/** @typedef {import('../api/client.js').Query} Query */
/** @typedef {import('./question.js').Question} Question */

const SLOW_TEXT = 'Still counting. A long range of a busy platform takes a moment.';

export class RevenueView {
  #subtitle = h('p', { class: 'subtitle' });
  #status = h('p', { class: 'sr', role: 'status' });
  #trouble = h('div', { hidden: true });
  #nothing = h('div', { hidden: true });
  #asked = '';
  #platform;
  #toolbar;
  #figures;
  #chart;
  #shares;
  #table;
  #parts;
  #content;
  #loading;
  #stopMoving;
  #goOn = () => {
    if (!this.#trouble.hidden) this.#show(true);
  };
  /** The browser's key for printing reads all rows first, like the button; not while a dialog is open. */
  #onKey = (/** @type {KeyboardEvent} */ event) => {
    const isPrintKey =
      (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key === 'p';
    const { printing } = this.#toolbar;
    if (!isPrintKey || !printing.isReady || document.querySelector('dialog[open]') !== null) return;
    event.preventDefault();
    printing.press();
  };
  /** @type {HTMLElement} */
  element;

  /**
   * @param {Rights} rights
   * @param {Platform} platform
   */
  constructor(rights, platform) {
    this.#platform = platform;
    this.#toolbar = toolbar(rights, platform, (signal) => this.#table.print(signal));
    this.#figures = figuresPanel(rights, platform);
    this.#chart = new ChartPanel(rights, platform);
    this.#shares = sharesPanel(rights, platform);
    this.#table = new TablePanel(rights, () => this.#show(true));
    this.#parts = h(
      'div',
      { class: 'parts' },
      this.#chart.element,
      ...this.#shares.elements,
      this.#table.element,
    );
    this.#content = h('div', { class: 'content' }, this.#figures.element, this.#nothing, this.#parts);
    this.element = this.#build(seesEverybody(rights) ? 'Module revenue' : 'Your module revenue');
    this.#loading = latest(this.element);
    this.#stopMoving = onMove(() => ['/', '/revenue'].includes(place.value.path) && this.#show(false));
    addEventListener('online', this.#goOn);
    addEventListener('keydown', this.#onKey);
    this.#show(false);
  }

  close() {
    removeEventListener('online', this.#goOn);
    removeEventListener('keydown', this.#onKey);
    this.#stopMoving();
    this.#loading.stop();
    for (const part of [this.#chart, this.#shares, this.#table, this.#toolbar]) part.close();
  }

  /** @param {string} title */
  #build(title) {
    return h(
      'div',
      { class: 'view' },
      h('div', { class: 'view-head' }, h('h1', {}, title), this.#subtitle),
      this.#toolbar.element,
      h('p', { class: 'slow-note', 'aria-hidden': 'true' }, SLOW_TEXT),
      this.#status,
      this.#trouble,
      this.#content,
    );
  }

  /** @param {boolean} isAgain whether the question is unchanged and loaded again */
  #show(isAgain) {
    const address = here();
    const question = questionOf(address, this.#platform, new Date());
    const query = reportQuery(question.filter, address);
    this.#toolbar.show(question);
    put(this.#subtitle, `${rangeText(question.range)} · ${question.timeZone}`);
    this.#chart.show(question, isAgain);
    this.#shares.show(question, isAgain);
    const key = JSON.stringify(query);
    if (key === this.#asked && !isAgain) {
      this.#table.redraw(question);
      return;
    }
    this.#asked = key;
    this.#toolbar.withdraw();
    void this.#loading.load(
      (signal) => readReport(query, null, signal),
      (report) => this.#settle(question, query, report),
      (error) => this.#fail(error),
    );
  }

  /**
   * @param {Question} question
   * @param {Query} query
   * @param {Report} report
   */
  #settle(question, query, report) {
    const { deployments, revenue } = report.totals;
    const isEmpty = deployments === 0;
    this.#trouble.hidden = true;
    this.#content.hidden = false;
    this.#nothing.hidden = !isEmpty;
    this.#parts.hidden = isEmpty;
    if (isEmpty) put(this.#nothing, emptyPanel(question));
    this.#figures.show(question, report);
    this.#table.show(question, query, report);
    this.#toolbar.offer(report, query);
    put(this.#status, `${count(deployments)} deployments, revenue ${money(revenue, report.currency)}.`);
  }

  /** @param {unknown} error */
  #fail(error) {
    this.#asked = '';
    this.#content.hidden = true;
    this.#trouble.hidden = false;
    put(this.#status);
    put(
      this.#trouble,
      problemPanel(error, () => this.#show(true), clearLink()),
    );
  }
}
