/** The parts of the whole: by module, and by partner for users who see everything. */

import { go } from '../address/location.js';
import { readSummary } from '../api/revenue.js';
import { alignAmounts, amount } from '../dom/amount.js';
import { h, name, put } from '../dom/element.js';
import { latest } from '../dom/latest.js';
import { permille, units } from '../exact/decimal.js';
import { count, percent } from '../exact/format.js';
import { seesEverybody } from '../session/rights.js';
import { problemPanel } from '../dom/problem-panel.js';
import { groupLabel } from './groups.js';

/** @typedef {import('../api/revenue.js').Group} Group */
/** @typedef {import('./question.js').Question} Question */
/** @typedef {'module' | 'partner'} By */

/** Number of rows before the user expands the list. */
const FIRST_ROWS = 8;

/**
 * @param {import('../session/rights.js').Rights} rights
 * @param {import('../api/settings.js').Platform} platform
 */
export function sharesPanel(rights, platform) {
  const field = seesEverybody(rights) ? 'grossRevenue' : 'revenue';
  /** @type {By[]} */
  const ways = seesEverybody(rights) ? ['partner', 'module'] : ['module'];
  const panels = ways.map((by) => sharesBy(by, field, platform));
  return {
    elements: panels.map(({ element }) => element),
    show(/** @type {Question} */ question, /** @type {boolean} */ isAgain) {
      for (const panel of panels) panel.show(question, isAgain);
    },
    close() {
      for (const panel of panels) panel.close();
    },
  };
}

/**
 * @param {By} by
 * @param {'grossRevenue' | 'revenue'} field
 * @param {import('../api/settings.js').Platform} platform
 */
function sharesBy(by, field, platform) {
  const title = by === 'module' ? 'By module' : 'By partner';
  const measure = field === 'revenue' ? 'your revenue' : 'gross revenue';
  const list = h('div', { class: 'shares-body' }, h('div', { class: 'ghost shares-ghost' }));
  const element = h(
    'section',
    { class: `card shares by-${by}` },
    h(
      'div',
      { class: 'card-head' },
      h('h2', {}, title),
      h('span', { class: 'hint' }, `shares of ${measure}`),
    ),
    list,
  );
  const loading = latest(element);
  let asked = '';

  function show(/** @type {Question} */ question, /** @type {boolean} */ isAgain) {
    const key = JSON.stringify(question.filter);
    if (key === asked && !isAgain) return;
    asked = key;
    void loading.load(
      (signal) => readSummary(question.filter, by, signal),
      ({ data, totals }) => draw(largestFirst(data, field), totals[field], FIRST_ROWS),
      (error) =>
        put(
          list,
          problemPanel(error, () => show(question, true)),
        ),
    );
  }

  /**
   * @param {Group[]} groups
   * @param {string} whole
   * @param {number} rows
   */
  function draw(groups, whole, rows) {
    const shown = groups.slice(0, rows);
    const table = h(
      'table',
      { class: 'share-table' },
      h('caption', { class: 'sr' }, `${title}: ${measure}, and its part of the whole`),
      h(
        'thead',
        { class: 'sr' },
        h('tr', {}, ...['Name', 'Amount', 'Part'].map((text) => h('th', { scope: 'col' }, text))),
      ),
      h('tbody', {}, ...shown.map((group) => shareRow(group, by, field, whole, platform.currency))),
    );
    alignAmounts(table);
    const more = groups.length - shown.length;
    const all = () => {
      draw(groups, whole, groups.length);
      list.querySelector('button')?.focus();
    };
    put(
      list,
      rows > FIRST_ROWS ? longList(title, table) : table,
      more > 0 &&
        h('button', { type: 'button', class: 'button quiet', onclick: all }, `Show ${count(more)} more`),
    );
  }

  return { element, show, close: () => loading.stop() };
}

/**
 * @param {string} title
 * @param {HTMLElement} table can have a thousand rows, so it scrolls by itself
 */
function longList(title, table) {
  return h(
    'div',
    { class: 'long-list', role: 'region', tabindex: 0, 'aria-label': `${title}, the whole list` },
    table,
  );
}

/**
 * @param {Group} group
 * @param {By} by
 * @param {'grossRevenue' | 'revenue'} field
 * @param {string} whole
 * @param {string} currency
 */
function shareRow(group, by, field, whole, currency) {
  const tenths = permille(group[field], whole) ?? 0;
  const bar = h('span', { class: 'bar', 'aria-hidden': 'true' });
  bar.style.setProperty('--part', `${tenths / 10}%`);
  const label = groupLabel(group);
  const choose = h(
    'button',
    { type: 'button', class: 'link', title: `Show only ${label}`, onclick: () => go(only(group.key, by)) },
    name(label, { class: 'two-lines' }),
  );
  return h(
    'tr',
    {},
    h('th', { scope: 'row' }, choose, bar),
    h('td', { class: 'num' }, amount(group[field], currency)),
    h('td', { class: 'num part' }, percent(tenths)),
  );
}

/**
 * @param {string | null} key
 * @param {By} by
 * @returns {Partial<import('../address/address.js').Address>} the filter for only this group
 */
function only(key, by) {
  if (key === null) return { owner: 'platform', partnerIds: [] };
  return by === 'module' ? { moduleIds: [key], exceptModuleIds: [] } : { partnerIds: [key], owner: null };
}

/**
 * @param {readonly Group[]} groups
 * @param {'grossRevenue' | 'revenue'} field
 * @returns {Group[]}
 */
export function largestFirst(groups, field) {
  return [...groups].sort((a, b) => {
    const order = units(b[field]) - units(a[field]);
    return order > 0n ? 1 : order < 0n ? -1 : 0;
  });
}
