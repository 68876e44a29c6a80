/** The rows of one page. The ARIA roles are explicit, because narrow screens show the rows as cards. */

import { go } from '../../address/location.js';
import { alignAmounts } from '../../dom/amount.js';
import { h } from '../../dom/element.js';

/** @typedef {import('./columns.js').Column} Column */
/** @typedef {import('../../api/revenue.js').Row} Row */

/** About the height of a page. */
const GHOST_ROWS = 12;

/**
 * @param {readonly Column[]} columns
 * @param {readonly Row[]} rows
 * @param {import('../question.js').Question} question
 * @param {string} currency
 * @returns {HTMLTableElement}
 */
export function rowsTable(columns, rows, { address, timeZone }, currency) {
  const context = { timeZone, currency };
  const table = h(
    'table',
    { class: 'rows-table', role: 'table' },
    h('caption', { class: 'sr' }, 'Deployments and their revenue'),
    h(
      'thead',
      { role: 'rowgroup' },
      h('tr', { role: 'row' }, ...columns.map((column) => headCell(column, address))),
    ),
    h('tbody', { role: 'rowgroup' }, ...rows.map((row) => bodyRow(row, columns, context))),
  );
  alignAmounts(table);
  return table;
}

/**
 * @param {Row} row
 * @param {readonly Column[]} columns
 * @param {import('./columns.js').Context} context
 */
function bodyRow(row, columns, context) {
  const cells = columns.map(({ id, title, isNumber, cell }) =>
    h('td', { role: 'cell', class: isNumber ? `${id} num` : id, 'data-title': title }, cell(row, context)),
  );
  const open = (/** @type {MouseEvent} */ event) => openRow(event, row.deploymentId);
  return h('tr', { role: 'row', class: 'opens', onclick: open }, ...cells);
}

/**
 * A click anywhere in the row opens the explanation, except on another control or while text is selected.
 *
 * @param {MouseEvent} event
 * @param {string} deployment
 */
function openRow(event, deployment) {
  const isElsewhere = event.target instanceof Element && event.target.closest('a, button') !== null;
  if (!isElsewhere && String(getSelection()) === '') go({ deployment });
}

/**
 * @param {Column} column
 * @param {import('../../address/address.js').Address} address
 */
function headCell({ title, sort, isNumber }, address) {
  const isSorted = sort !== undefined && address.sort === sort;
  const attributes = {
    role: 'columnheader',
    scope: 'col',
    class: isNumber ? 'num' : null,
    'aria-sort': isSorted ? (address.order === 'asc' ? 'ascending' : 'descending') : null,
  };
  if (sort === undefined) return h('th', attributes, title);
  const order = isSorted && address.order === 'desc' ? 'asc' : 'desc';
  const arrow = isSorted ? (address.order === 'asc' ? '↑' : '↓') : '↕';
  const button = h(
    'button',
    { type: 'button', class: 'sort', 'data-sort': sort, onclick: () => go({ sort, order }) },
    title,
    h('span', { class: 'arrow', 'aria-hidden': 'true' }, arrow),
  );
  return h('th', attributes, button);
}

/** @returns {HTMLElement} */
export function ghostRows() {
  const rows = Array.from({ length: GHOST_ROWS }, () => h('div', { class: 'ghost row' }));
  return h('div', { class: 'ghost-rows' }, ...rows);
}
