/** A user's balance, and the lots behind it. */

import { alignAmounts, amount } from '../dom/amount.js';
import { h } from '../dom/element.js';
import { credits } from '../exact/format.js';
import { instantName } from '../exact/time.js';

/** @typedef {import('../api/revenue.js').Schemas['CreditBalance']} Balance */

/**
 * @param {Balance} balance
 * @returns {HTMLElement}
 */
export function balanceFigures({ free, purchased, total, unpaid }) {
  /** @type {[string, string][]} */
  const figures = [
    ['Available', total],
    ['Free', free],
    ['Purchased', purchased],
    ['Unpaid', unpaid],
  ];
  return h(
    'dl',
    { class: 'facts across' },
    ...figures.map(([title, value]) => h('div', {}, h('dt', {}, title), h('dd', {}, credits(value)))),
  );
}

/**
 * @param {Balance} balance
 * @param {{ currency: string | null, timeZone: string }} shown currency null: the user cannot see the money that was
 *   paid
 * @returns {HTMLElement}
 */
export function lotsTable({ lots }, { currency, timeZone }) {
  if (lots.length === 0) return h('p', { class: 'hint' }, 'No credits are left.');
  const rows = lots.map((lot) =>
    h(
      'tr',
      {},
      h(
        'th',
        { scope: 'row' },
        h('span', { class: `pool ${lot.pool}` }, lot.pool === 'free' ? 'Free' : 'Purchased'),
        ' ',
        h('code', {}, lot.lotId),
      ),
      h('td', {}, instantName(lot.acquiredAt, timeZone)),
      h('td', {}, lot.expiresAt === null ? 'never' : instantName(lot.expiresAt, timeZone)),
      h('td', { class: 'num' }, `${credits(lot.leftCredits)} of ${credits(lot.acquiredCredits)}`),
      currency !== null && h('td', { class: 'num' }, amount(lot.amount, currency)),
    ),
  );
  const heads = ['Lot', 'Since', 'Expires'];
  const numbers = ['Left', ...(currency === null ? [] : ['Paid'])];
  const table = h(
    'table',
    { class: 'plain' },
    h('caption', { class: 'sr' }, 'Lots with credits left, in the order in which they pay'),
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        ...heads.map((text) => h('th', { scope: 'col' }, text)),
        ...numbers.map((text) => h('th', { scope: 'col', class: 'num' }, text)),
      ),
    ),
    h('tbody', {}, ...rows),
  );
  alignAmounts(table);
  return h('div', { class: 'scroll', role: 'region', tabindex: 0, 'aria-label': 'Lots' }, table);
}
