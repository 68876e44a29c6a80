/** The credits of a deployment as one bar: purchased, free, unpaid and refunded. */

import { h } from '../dom/element.js';
import { permille, units } from '../exact/decimal.js';
import { credits } from '../exact/format.js';

/** @typedef {'purchasedCredits' | 'freeCredits' | 'unpaidCredits' | 'refundedCredits'} Field */

/** @type {readonly [Field, string, string][]} */
const PARTS = [
  ['purchasedCredits', 'Purchased', 'bought with money: they give revenue'],
  ['freeCredits', 'Free', 'granted by the platform: they give no revenue'],
  ['unpaidCredits', 'Unpaid', 'owed by the customer: no revenue until they are paid'],
  ['refundedCredits', 'Refunded', 'refunded to the customer'],
];

/**
 * @param {import('../api/revenue.js').Row} row
 * @returns {HTMLElement}
 */
export function creditsBar(row) {
  const parts = PARTS.filter(([field]) => units(row[field]) > 0n);
  const bar = h('div', { class: 'credits-bar', 'aria-hidden': 'true' });
  for (const [field] of parts) {
    const piece = h('span', { class: `part ${field}` });
    piece.style.flexGrow = String(Math.max(permille(row[field], row.creditCost) ?? 0, 12));
    bar.append(piece);
  }
  const items = parts.map(([field, title, meaning]) =>
    h(
      'li',
      {},
      h('i', { class: `swatch ${field}` }),
      h(
        'span',
        {},
        h('strong', {}, `${credits(row[field])} ${title.toLowerCase()}`),
        h('small', {}, meaning),
      ),
    ),
  );
  return h(
    'div',
    { class: 'credits' },
    bar,
    h('p', { class: 'total-line' }, `${credits(row.creditCost)} credits in all`),
    h('ul', { class: 'parts-list' }, ...items),
  );
}
