/**
 * The rows as they are printed: plain heads that repeat on each sheet, no column cut off, the totals at the end, and a line
 * that says what is on the paper and what is not. On the screen it is not shown.
 */

import { h, put } from '../../dom/element.js';
import { alignAmounts } from '../../dom/amount.js';
import { count } from '../../exact/format.js';

/** @typedef {import('./columns.js').Column} Column */
/** @typedef {import('./columns.js').Context} Context */
/** @typedef {import('../../api/revenue.js').Row} Row */
/** @typedef {import('../../api/revenue.js').Totals} Totals */
/**
 * @typedef {object} Contents
 * @property {readonly Column[]} columns
 * @property {readonly Row[]} rows
 * @property {Totals} totals of the whole filter
 * @property {Context} context
 * @property {string} note what is printed
 */

/** What is left of a sheet between margins of 12 mm, in CSS pixels, whether it is A4 or Letter. */
const PORTRAIT_PX = 703;
const LANDSCAPE_PX = 965;
/** Sizes of the text that are tried, in points, the most readable first. */
const SHEETS = [
  ...[9, 8, 7].map((size) => ({ size, width: PORTRAIT_PX, isWide: false })),
  ...[9, 8, 7, 6, 5].map((size) => ({ size, width: LANDSCAPE_PX, isWide: true })),
];
/** Beyond it names break wherever they have to. */
const SMALLEST = { size: 4, width: LANDSCAPE_PX, isWide: true };
const MEASURED_PT = 9;
/** Letters of another size are not exactly as much wider. */
const ROUNDING = 1.02;

export class Paper {
  element = h('div', { class: 'paper' });

  get isEmpty() {
    return this.element.childElementCount === 0;
  }

  clear() {
    put(this.element);
    document.documentElement.classList.remove('wide-paper');
  }

  /** @param {Contents} contents */
  fill({ columns, rows, totals, context, note }) {
    const table = h(
      'table',
      { class: 'paper-table' },
      h('thead', {}, h('tr', {}, ...columns.map(({ title, isNumber }) => cell('th', isNumber, title)))),
      h('tbody', {}, ...rows.map((row) => bodyRow(row, columns, context))),
      h('tfoot', {}, totalsRow(columns, totals, context)),
    );
    put(this.element, h('p', { class: 'paper-note' }, note), table);
    alignAmounts(table);
    this.#fit(table);
  }

  /**
   * Turns the sheet, and makes the text smaller, until the table is no wider than it. Its width is measured once, as it
   * grows with the text.
   *
   * @param {HTMLTableElement} table
   */
  #fit(table) {
    const { style, classList } = this.element;
    style.setProperty('--paper-size', `${MEASURED_PT}pt`);
    classList.add('measured');
    const widthOfPoint = (table.offsetWidth * ROUNDING) / MEASURED_PT;
    classList.remove('measured');
    const { size, isWide } = SHEETS.find(({ size, width }) => widthOfPoint * size <= width) ?? SMALLEST;
    style.setProperty('--paper-size', `${size}pt`);
    document.documentElement.classList.toggle('wide-paper', isWide);
  }
}

/**
 * @param {'th' | 'td'} tag
 * @param {boolean | undefined} isNumber
 * @param {Node | string} content
 */
function cell(tag, isNumber, content) {
  return h(tag, { class: isNumber ? 'num' : null, scope: tag === 'th' ? 'col' : null }, content);
}

/**
 * @param {Row} row
 * @param {readonly Column[]} columns
 * @param {Context} context
 */
function bodyRow(row, columns, context) {
  const cells = columns.map((column) =>
    h('td', { class: column.isNumber ? 'num' : column.id }, column.cell(row, context)),
  );
  return h('tr', {}, ...cells);
}

/**
 * @param {readonly Column[]} columns the first says what was deployed
 * @param {Totals} totals
 * @param {Context} context
 */
function totalsRow(columns, totals, context) {
  // Numbers of a row and of the totals go by the same names.
  const figures = /** @type {Row} */ (/** @type {unknown} */ (totals));
  const [, ...others] = columns;
  const title = totals.deployments === 1 ? 'deployment' : 'deployments';
  return h(
    'tr',
    {},
    h('th', { scope: 'row' }, `Total of ${count(totals.deployments)} ${title}`),
    ...others.map((column) =>
      cell('td', column.isNumber, column.isNumber ? column.cell(figures, context) : ''),
    ),
  );
}
