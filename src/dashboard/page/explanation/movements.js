/** What happened after the deployment: refunds, and debts that later credits settled. */

import { h } from '../dom/element.js';
import { units } from '../exact/decimal.js';
import { credits, money } from '../exact/format.js';
import { instantName, monthName } from '../exact/time.js';

/** @typedef {import('../api/revenue.js').Explanation} Explanation */
/** @typedef {Explanation['refunds'][number]} Refund */
/** @typedef {Explanation['settlements'][number]} Settlement */

/**
 * @param {Explanation} story
 * @param {string} timeZone
 * @returns {Node[]} empty if nothing happened
 */
export function movements({ refunds, settlements, currency }, timeZone) {
  const lines = [
    ...settlements.map((one) =>
      line('Paid later', whenOf(one, timeZone), settledText(one, currency), settlementNote(one)),
    ),
    ...refunds.map((one) =>
      line('Refunded', whenOf(one, timeZone), refundText(one, currency), refundNote(one)),
    ),
  ];
  return lines.length === 0 ? [] : [h('ul', { class: 'events' }, ...lines)];
}

/**
 * @param {string} title
 * @param {string} when
 * @param {string} text
 * @param {Node | string} note
 */
function line(title, when, text, note) {
  return h('li', {}, h('strong', {}, title), h('span', { class: 'when' }, when), h('p', {}, text), note);
}

/**
 * @param {Refund | Settlement} one
 * @param {string} timeZone
 */
function whenOf(one, timeZone) {
  return 'month' in one ? monthName(one.month) : instantName(one.occurredAt, timeZone);
}

/**
 * @param {Settlement} one
 * @param {string} currency
 */
function settledText(one, currency) {
  const value = units(one.value) === 0n ? 'which were free' : `which had cost ${money(one.value, currency)}`;
  return `${credits(one.credits)} credits that the customer owed were settled with new ones, ${value}.`;
}

/**
 * @param {Refund} one
 * @param {string} currency
 */
function refundText(one, currency) {
  const value =
    units(one.value) === 0n
      ? 'They had cost no money.'
      : `Their value of ${money(one.value, currency)} no longer counts.`;
  return `${credits(one.credits)} credits went back to the customer. ${value}`;
}

/** @param {Settlement} one */
function settlementNote(one) {
  return 'entryId' in one ? h('small', {}, `${one.entryType} `, h('code', {}, one.entryId)) : '';
}

/** @param {Refund} one */
function refundNote(one) {
  if (!('externalId' in one)) return '';
  const { externalId, reason, cancelledCredits, returns } = one;
  const parts = [
    ...returns.map(
      ({ credits: back, lotId, lapsed }) => `${credits(back)} to ${lotId}${lapsed ? ', lapsed at once' : ''}`,
    ),
    ...(units(cancelledCredits) > 0n ? [`${credits(cancelledCredits)} had never been paid`] : []),
  ];
  return h(
    'small',
    {},
    h('code', {}, externalId),
    parts.length > 0 && `: ${parts.join('; ')}`,
    reason !== null && h('q', { dir: 'auto' }, reason),
  );
}
