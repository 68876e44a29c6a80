/** Each allocation, with the price of one of its credits. */

import { alignAmounts, amount } from '../dom/amount.js';
import { h } from '../dom/element.js';
import { credits, money } from '../exact/format.js';
import { instantName, monthName } from '../exact/time.js';
import { isFull } from './story.js';

/** @typedef {import('../api/revenue.js').Explanation} Explanation */
/** @typedef {Explanation['pieces'][number]} Piece */

/**
 * @param {Explanation} story
 * @param {string} timeZone
 * @returns {HTMLElement}
 */
export function payments(story, timeZone) {
  const { pieces, currency, grossRevenue } = story;
  if (pieces.length === 0) return h('p', { class: 'hint' }, 'No credits have paid for it.');
  const heads = ['Credits', 'Price per credit', 'Cost'];
  const table = h(
    'table',
    { class: 'plain payments' },
    h('caption', { class: 'sr' }, 'The credits that paid, and what they cost'),
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        h('th', { scope: 'col' }, 'Which'),
        ...heads.map((text) => h('th', { scope: 'col', class: 'num' }, text)),
      ),
    ),
    h('tbody', {}, ...pieces.map((piece) => pieceRow(piece, currency, timeZone))),
    h(
      'tfoot',
      {},
      h(
        'tr',
        {},
        h('th', { scope: 'row', colspan: 3 }, 'Gross revenue'),
        h('td', { class: 'num' }, amount(grossRevenue, currency)),
      ),
    ),
  );
  alignAmounts(table);
  return h(
    'div',
    { class: 'scroll', role: 'region', tabindex: 0, 'aria-label': 'The credits that paid' },
    table,
    isFull(story) ? '' : cutNote(pieces),
  );
}

/**
 * @param {Piece} piece
 * @param {string} currency
 * @param {string} timeZone
 */
function pieceRow(piece, currency, timeZone) {
  const isFree = piece.pool === 'free';
  return h(
    'tr',
    {},
    h(
      'th',
      { scope: 'row' },
      h('span', { class: `pool ${piece.pool}` }, isFree ? 'Free' : 'Purchased'),
      ' ',
      ...originOf(piece, currency, timeZone),
    ),
    h('td', { class: 'num' }, credits(piece.credits)),
    h(
      'td',
      { class: 'num' },
      isFree ? '–' : h('span', { class: 'unit-price' }, money(piece.unitPrice, currency)),
    ),
    h('td', { class: 'num' }, amount(piece.value, currency)),
  );
}

/**
 * @param {Piece} piece
 * @param {string} currency
 * @param {string} timeZone
 * @returns {(Node | string)[]}
 */
function originOf(piece, currency, timeZone) {
  if ('lotId' in piece) {
    const when = instantName(piece.acquiredAt, timeZone);
    const what =
      piece.pool === 'free'
        ? `${credits(piece.acquiredCredits)} credits granted ${when}`
        : `${credits(piece.acquiredCredits)} credits bought for ${money(piece.amount, currency)}, ${when}`;
    const until = piece.expiresAt === null ? '' : `, until ${instantName(piece.expiresAt, timeZone)}`;
    return [h('code', {}, piece.lotId), h('small', {}, what + until), ...paidNote(piece, timeZone)];
  }
  return [
    h(
      'small',
      {},
      piece.purchaseMonth === null
        ? 'granted by the platform'
        : `bought in ${monthName(piece.purchaseMonth)}`,
    ),
  ];
}

/**
 * @param {Extract<Piece, { lotId: string }>} piece
 * @param {string} timeZone
 */
function paidNote({ credits: left, takenCredits, paidAt }, timeZone) {
  const taken = left === takenCredits ? '' : `${credits(takenCredits)} credits at first, before refunds; `;
  return [h('small', {}, `${taken}paid ${instantName(paidAt, timeZone)}`)];
}

/** @param {readonly Piece[]} pieces */
function cutNote(pieces) {
  const isCut = pieces.some(({ unitPrice }) => unitPrice.split('.')[1]?.length === 12);
  return (
    isCut &&
    h('p', { class: 'hint' }, 'Prices per credit are cut to twelve places; all other figures are exact.')
  );
}
