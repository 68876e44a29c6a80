/** Money on the page: always all its digits, those after the cents smaller. */

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
 * Lets the amounts of a column stand with their decimal points below each other.
 *
 * @param {HTMLElement} table
 * @param {readonly string[]} amounts
 */
export function alignAmounts(table, amounts) {
  const longest = Math.max(0, ...amounts.map((one) => (one.split('.')[1]?.length ?? 0) - 2));
  table.style.setProperty('--tail', `${longest}ch`);
}
