/** How a balance came about: a user's credit history, the latest line first as far as it was read. */

import { get } from '../api/client.js';
import { h, put } from '../dom/element.js';
import { credits } from '../exact/format.js';
import { instantName } from '../exact/time.js';

/** @typedef {import('../api/revenue.js').Schemas['CreditHistory']} History */
/** @typedef {History['data'][number]} Line */

/** @type {Record<Line['type'], { title: string, sign: '+' | '−' }>} */
const TYPES = {
  award: { title: 'Granted', sign: '+' },
  purchase: { title: 'Bought', sign: '+' },
  deployment: { title: 'Deployment', sign: '−' },
  spend: { title: 'Spent otherwise', sign: '−' },
  refund: { title: 'Given back', sign: '+' },
  purchaseRefund: { title: 'Returned for money', sign: '−' },
  expiry: { title: 'Expired', sign: '−' },
};

/**
 * @param {string | null} userId null: the caller
 * @param {string | null} cursor
 * @param {AbortSignal} [signal]
 * @returns {Promise<History>}
 */
export function readCreditHistory(userId, cursor, signal) {
  return get('credits/history', { query: { userId, cursor, limit: '50' }, signal });
}

/**
 * @param {History} first
 * @param {string | null} userId
 * @param {string} timeZone
 * @returns {HTMLElement}
 */
export function historyList(first, userId, timeZone) {
  const body = h('tbody', {});
  const home = h('div', {});
  const table = h(
    'table',
    { class: 'plain' },
    h('caption', { class: 'sr' }, 'Credit history, the oldest line first'),
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        ...['When', 'What'].map((text) => h('th', { scope: 'col' }, text)),
        ...['Credits', 'Left'].map((text) => h('th', { scope: 'col', class: 'num' }, text)),
      ),
    ),
    body,
  );
  add(first);

  /** @param {History} history */
  function add({ data, page }) {
    body.append(...data.map((line) => historyRow(line, timeZone)));
    const more = async () => {
      button.disabled = true;
      add(await readCreditHistory(userId, page.nextCursor));
    };
    const button = h(
      'button',
      { type: 'button', class: 'button', onclick: () => void more() },
      'Show later entries',
    );
    put(home, page.nextCursor !== null && button);
  }
  return h(
    'div',
    {},
    h('div', { class: 'scroll', role: 'region', tabindex: 0, 'aria-label': 'Credit history' }, table),
    home,
  );
}

/**
 * @param {Line} line
 * @param {string} timeZone
 */
function historyRow({ type, occurredAt, credits: amount, id, moduleId, category, balanceAfter }, timeZone) {
  const { title, sign } = TYPES[type];
  return h(
    'tr',
    {},
    h('td', {}, h('time', { datetime: occurredAt, title: occurredAt }, instantName(occurredAt, timeZone))),
    h(
      'td',
      {},
      `${title} `,
      moduleId !== null && h('strong', {}, moduleId),
      category,
      h('small', {}, h('code', {}, id)),
    ),
    h('td', { class: 'num' }, amount === '0' ? '0' : `${sign}${credits(amount)}`),
    h('td', { class: 'num' }, credits(balanceAfter.total)),
  );
}
