/**
 * The printed rows: plain heads that repeat on each sheet, no column cut off, the totals at the end, and a note about
 * what is printed. They are hidden on the screen.
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
 * @property {string} note which rows are printed
 */

/** Width of a sheet between margins of 12 mm, in CSS pixels, for A4 and for Letter. */
const PORTRAIT_PX = 703;
const LANDSCAPE_PX = 965;
/** Text sizes to try, in points, the most readable first. */
const SHEETS = [
  ...[9, 8, 7].map((size) => ({ size, width: PORTRAIT_PX, isWide: false })),
  ...[9, 8, 7, 6, 5].map((size) => ({ size, width: LANDSCAPE_PX, isWide: true })),
];
/** With this size names can break anywhere. */
const SMALLEST = { size: 4, width: LANDSCAPE_PX, isWide: true };
const MEASURED_PT = 9;
/** Text widths do not scale exactly with the font size. */
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
   * Rotates the sheet and reduces the text until the table fits. The width is measured once, because it is proportional
   * to the text size.
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
 * @param {readonly Column[]} columns the first is the module
 * @param {Totals} totals
 * @param {Context} context
 */
function totalsRow(columns, totals, context) {
  // The totals have the same field names as a row.
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
