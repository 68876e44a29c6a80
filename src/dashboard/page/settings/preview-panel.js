/** Each partner's figures of the chosen period under another share; changes nothing. */

import { go, here } from '../address/location.js';
import { PRESETS } from '../address/ranges.js';
import { readPreview } from '../api/settings.js';
import { alignAmounts, amount } from '../dom/amount.js';
import { h, name, put } from '../dom/element.js';
import { latest } from '../dom/latest.js';
import { share, signOf } from '../exact/format.js';
import { questionOf, rangeText } from '../revenue/question.js';
import { clearLink } from '../revenue/toolbar/clear-link.js';
import { problemPanel } from '../dom/problem-panel.js';

/** @typedef {import('../address/ranges.js').Preset} Preset */
/** @typedef {import('../api/settings.js').Preview} Preview */
/** @typedef {import('../api/settings.js').PreviewFigures} PreviewFigures */

/** Requests wait until the user stops typing. */
const TYPING_MS = 250;

export class PreviewPanel {
  #title = h('h3', {});
  #body = h('div', { class: 'preview-body' });
  #range = h('select', { onchange: () => this.#choose() }, ...rangeOptions());
  element = h(
    'div',
    { class: 'preview' },
    h(
      'div',
      { class: 'preview-head' },
      this.#title,
      h('label', { class: 'field inline' }, h('span', {}, 'Period'), this.#range),
    ),
    this.#body,
  );
  #loading = latest(this.element);
  #timer = 0;
  /** @type {string | null} */
  #value = null;
  #platform;

  /** @param {import('../api/revenue.js').Platform} platform */
  constructor(platform) {
    this.#platform = platform;
  }

  /** @param {string | null} value percent; null: keep the current content */
  show(value) {
    this.#value = value;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), TYPING_MS);
  }

  close() {
    clearTimeout(this.#timer);
    this.#loading.stop();
  }

  #choose() {
    if (this.#range.value === '') return;
    go({ range: /** @type {Preset} */ (this.#range.value), startDate: null, endDate: null });
    this.#ask();
  }

  #ask() {
    const value = this.#value;
    if (value === null) return;
    const { filter } = questionOf(here(), this.#platform, new Date());
    put(this.#title, `Figures with a share of ${share(value)}`);
    void this.#loading.load(
      (signal) => readPreview(value, filter, signal),
      (preview) => put(this.#body, ...previewTable(preview)),
      (error) =>
        put(
          this.#body,
          problemPanel(
            error,
            () => this.#ask(),
            clearLink(() => this.#ask()),
          ),
        ),
    );
  }
}

/** @returns {HTMLOptionElement[]} the presets, and the two dates if the address contains them */
function rangeOptions() {
  const { range, startDate, endDate } = here();
  const presets = Object.entries(PRESETS).map(([value, text]) =>
    h('option', { value, selected: range === value }, text),
  );
  const dates = rangeText({ first: startDate, last: endDate });
  return range === null ? [h('option', { value: '', selected: true }, dates), ...presets] : presets;
}

/**
 * @param {Preview} preview
 * @returns {Node[]}
 */
function previewTable({ data, totals, currency }) {
  if (data.length === 0) return [h('p', { class: 'hint pad' }, 'No partner has revenue in this period.')];
  const rows = data.map((row) => previewRow(name(row.partnerName, { title: row.partnerId }), row, currency));
  const heads = ['Gross', 'Revenue now', 'Revenue then', 'Difference'];
  const table = h(
    'table',
    { class: 'plain' },
    h('caption', { class: 'sr' }, 'Each partner’s revenue now and under the other share'),
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        h('th', { scope: 'col' }, 'Partner'),
        ...heads.map((text) => h('th', { scope: 'col', class: 'num' }, text)),
      ),
    ),
    h('tbody', {}, ...rows),
    h('tfoot', {}, previewRow('All partners', totals, currency)),
  );
  alignAmounts(table);
  return [
    h('div', { class: 'scroll', role: 'region', tabindex: 0, 'aria-label': 'Preview by partner' }, table),
  ];
}

/**
 * @param {Node | string} title
 * @param {PreviewFigures} figures
 * @param {string} currency
 */
function previewRow(title, { grossRevenue, revenueNow, revenueThen, difference }, currency) {
  const direction = signOf(difference);
  return h(
    'tr',
    {},
    h('th', { scope: 'row' }, title),
    ...[grossRevenue, revenueNow, revenueThen].map((value) =>
      h('td', { class: 'num' }, amount(value, currency)),
    ),
    h(
      'td',
      { class: `num difference ${direction}` },
      direction === 'more' && '+',
      amount(difference, currency),
    ),
  );
}
