/** Money on the page, always with all its digits; those after the places of its currency are smaller. */

import { money, moneyParts } from '../exact/format.js';
import { h } from './element.js';

/**
 * @param {string} amount
 * @param {string} currency ISO 4217
 * @returns {HTMLElement}
 */
export function amount(amount, currency) {
  const { head, tail, after } = moneyParts(amount, currency);
  return h(
    'span',
    { class: 'amount', title: money(amount, currency) },
    head,
    h('span', { class: 'tail' }, tail),
    after,
  );
}

/**
 * Aligns the amounts of each column at their decimal points.
 *
 * @param {HTMLTableElement} table
 */
export function alignAmounts(table) {
  /** @type {Map<number, HTMLElement[]>} */
  const columns = new Map();
  for (const tail of table.querySelectorAll('.tail')) {
    const place = tail.closest('td')?.cellIndex ?? 0;
    const tails = columns.get(place) ?? [];
    tails.push(/** @type {HTMLElement} */ (tail));
    columns.set(place, tails);
  }
  for (const tails of columns.values()) {
    const longest = tails.reduce((most, { textContent }) => Math.max(most, textContent.length), 0);
    for (const tail of tails) tail.style.setProperty('--tail', `${longest}ch`);
  }
}
