/** A user's credit history, the newest line first, for all days or some, also as a file. */

import { get, isAborted, Refusal } from '../api/client.js';
import { saveCsv } from '../api/download.js';
import { datesForm } from '../dom/dates-form.js';
import { h, icon, put } from '../dom/element.js';
import { latest } from '../dom/latest.js';
import { count, credits } from '../exact/format.js';
import { instantName } from '../exact/time.js';

/** @typedef {import('../api/revenue.js').Schemas['CreditHistory']} History */
/** @typedef {import('../api/client.js').Query} Query */
/** @typedef {History['data'][number]} Line */

/** @type {Record<Line['type'], { title: string, sign: '+' | '−' }>} */
const TYPES = {
  award: { title: 'Granted', sign: '+' },
  purchase: { title: 'Bought', sign: '+' },
  deployment: { title: 'Deployment', sign: '−' },
  spend: { title: 'Other spend', sign: '−' },
  refund: { title: 'Refund', sign: '+' },
  purchaseRefund: { title: 'Purchase refund', sign: '−' },
  purchaseReversal: { title: 'Payment taken back', sign: '−' },
  reversalRelease: { title: 'Payment came back', sign: '+' },
  expiry: { title: 'Expired', sign: '−' },
};

/** A file of one user's history is small, so a longer export is treated as failed. */
const LONGEST_EXPORT_MS = 120_000;

/**
 * @param {Query} filter `userId` null: the caller
 * @param {string | null} cursor
 * @param {AbortSignal} [signal]
 * @returns {Promise<History>} the newest line first
 */
export function readCreditHistory(filter, cursor, signal) {
  return get('credits/history', { query: { ...filter, order: 'desc', cursor, limit: '50' }, signal });
}

/**
 * @param {History} first of all days
 * @param {string | null} userId null: the caller
 * @param {string} timeZone
 * @returns {HTMLElement}
 */
export function historyList(first, userId, timeZone) {
  /** @type {Query} */
  let filter = { userId };
  /** @type {string | null} */
  let cursor = null;
  const body = h('tbody', {});
  const status = h('p', { class: 'hint pad', role: 'status' });
  const more = h('button', { type: 'button', class: 'button', onclick: readMore }, 'Show earlier entries');
  const scroll = h(
    'div',
    { class: 'scroll', role: 'region', tabindex: 0, 'aria-label': 'Credit history' },
    historyTable(body),
  );
  const dates = datesForm({ first: null, last: null, onChoose: choose });
  dates.append(exportButton(() => filter));
  const element = h('div', { class: 'credit-history' }, dates, scroll, status, more);
  const loading = latest(element);
  add(first);

  /** @param {History} history */
  function add({ data, page }) {
    body.append(...data.map((line) => historyRow(line, timeZone)));
    cursor = page.nextCursor;
    const lines = body.childElementCount;
    put(
      status,
      lines === 0 ? 'No entries on these days.' : cursor !== null && `The newest ${count(lines)} entries.`,
    );
    // Hiding a focused button would move the focus to the start of the page.
    if (cursor === null && document.activeElement === more) scroll.focus();
    more.hidden = cursor === null;
  }
  /**
   * @param {string | null} startDate
   * @param {string | null} endDate
   */
  function choose(startDate, endDate) {
    filter = { userId, startDate, endDate, timeZone: startDate || endDate ? timeZone : null };
    const show = (/** @type {History} */ history) => {
      put(body);
      add(history);
    };
    void loading.load((signal) => readCreditHistory(filter, null, signal), show, fail);
  }
  function readMore() {
    if (element.getAttribute('aria-busy') === 'true') return;
    void loading.load((signal) => readCreditHistory(filter, cursor, signal), add, fail);
  }
  /** @param {unknown} error */
  function fail(error) {
    put(status, `The history could not be read. ${reasonOf(error)} Try again.`);
  }
  return element;
}

/**
 * @param {() => Query} filterNow
 * @returns {HTMLElement} exports the history of the chosen days as a file
 */
function exportButton(filterNow) {
  const status = h('p', { class: 'export-status', role: 'status' });
  let isRunning = false;
  const save = async () => {
    if (isRunning) return;
    isRunning = true;
    put(status, 'Reading the history …');
    try {
      const signal = AbortSignal.timeout(LONGEST_EXPORT_MS);
      const query = { ...filterNow(), order: 'desc' };
      const { name } = await saveCsv('credits/history', query, null, signal, () => undefined);
      put(status, `Saved ${name}.`);
    } catch (error) {
      put(status, `The export broke off and nothing was saved. ${reasonOf(error)} Try again.`);
    } finally {
      isRunning = false;
    }
  };
  const button = h(
    'button',
    { type: 'button', class: 'button', onclick: () => void save() },
    icon('download'),
    'Export CSV',
  );
  return h('div', { class: 'export' }, button, status);
}

/**
 * @param {unknown} error
 * @returns {string}
 */
function reasonOf(error) {
  if (error instanceof Refusal) return error.message;
  return isAborted(error) ? '' : 'The service does not answer.';
}

/**
 * @param {HTMLElement} body
 * @returns {HTMLElement}
 */
function historyTable(body) {
  return h(
    'table',
    { class: 'plain' },
    h('caption', { class: 'sr' }, 'Credit history, the newest line first'),
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
