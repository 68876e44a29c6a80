/** The page's requests about revenue, in the words of the HTTP contract. */

import { get } from './client.js';

/** @typedef {import('../../../../client/schema.js').components['schemas']} Schemas */
/** @typedef {Schemas['RevenueReport']} Report */
/** @typedef {Schemas['RevenueRow']} Row */
/** @typedef {Schemas['RevenueTotals']} Totals */
/** @typedef {Schemas['FullExplanation'] | Schemas['PartnerExplanation']} Explanation */
/** @typedef {import('../address/address.js').Address} Address */
/** @typedef {import('../address/ranges.js').Range} Range */
/** @typedef {import('./client.js').Query} Query */

/** A date in the far future: its report is empty and cheap, and contains the platform's settings. */
const NOTHING_YET = '9999-12-31';
const PAGE_ROWS = 50;
/** The most rows that the service returns at once. */
const MOST_PAGE_ROWS = 500;

/**
 * @typedef {object} Platform
 * @property {string} timeZone
 * @property {string} currency
 * @property {string} share percent
 */

/** @returns {Promise<Platform>} the platform's settings, which every reader of a report can see */
export async function readPlatform() {
  const query = { startDate: NOTHING_YET, limit: '1' };
  /** @type {Report} */
  const { filter, currency, partnerRevenueShare } = await get('revenue', { query });
  return { timeZone: filter.timeZone, currency, share: partnerRevenueShare };
}

/**
 * @param {Address} address
 * @param {Range | OpenRange | null} range
 * @param {string} timeZone
 * @returns {Query} the filter, without an order
 */
export function filterQuery(address, range, timeZone) {
  return {
    startDate: range?.first,
    endDate: range?.last,
    timeZone,
    moduleId: address.moduleIds,
    exceptModuleId: address.exceptModuleIds,
    partnerId: address.partnerIds,
    owner: address.owner,
    includeFree: address.includeFree ? 'true' : null,
  };
}

/** @typedef {{ readonly first: string | null, readonly last: string | null }} OpenRange */

/**
 * @param {Query} filter
 * @param {Pick<Address, 'sort' | 'order'>} order
 * @returns {Query}
 */
export function reportQuery(filter, { sort, order }) {
  return { ...filter, sort, order };
}

/**
 * @param {Query} query
 * @param {string | null} cursor
 * @param {AbortSignal} [signal]
 * @param {number} [rows] of a page
 * @returns {Promise<Report>}
 */
export function readReport(query, cursor, signal, rows = PAGE_ROWS) {
  return get('revenue', { query: { ...query, limit: String(rows), cursor }, signal });
}

/** @typedef {{ rows: Row[], totals: Totals, isSteady: boolean }} ManyRows isSteady: all pages had the same totals */

/**
 * Reads the first rows of a report, page after page. If the ledger changes meanwhile, it reads them once more.
 *
 * @param {Query} query
 * @param {number} most
 * @param {AbortSignal} signal
 * @returns {Promise<ManyRows>}
 */
export async function readManyRows(query, most, signal) {
  const first = await readPages(query, most, signal);
  return first.isSteady ? first : readPages(query, most, signal);
}

/**
 * @param {Query} query
 * @param {number} most
 * @param {AbortSignal} signal
 * @returns {Promise<ManyRows>}
 */
async function readPages(query, most, signal) {
  /** @type {Row[]} */
  const rows = [];
  /** @type {Set<string>} */
  const seen = new Set();
  for (let cursor = null; ;) {
    const { data, totals, page } = await readReport(query, cursor, signal, MOST_PAGE_ROWS);
    rows.push(...data);
    seen.add(JSON.stringify(totals));
    cursor = page.nextCursor;
    if (cursor === null || rows.length >= most) {
      return { rows: rows.slice(0, most), totals, isSteady: seen.size === 1 };
    }
  }
}

/**
 * @param {Query} filter
 * @param {AbortSignal} [signal]
 * @returns {Promise<Totals>}
 */
export async function readTotals(filter, signal) {
  /** @type {Report} */
  const report = await get('revenue', { query: { ...filter, limit: '1' }, signal });
  return report.totals;
}

/** @typedef {Schemas['RevenueSummaryRow']} Group a period, a module or a partner; or a module or partner in a period */
/** @typedef {Schemas['RevenueSummary']} Summary */

/**
 * @param {Query} filter
 * @param {string} groupBy
 * @param {AbortSignal} [signal]
 * @returns {Promise<Summary>}
 */
export function readSummary(filter, groupBy, signal) {
  return get('revenue/summary', { query: { ...filter, groupBy }, signal });
}

/**
 * @param {string} deploymentId
 * @param {AbortSignal} signal
 * @returns {Promise<Explanation>}
 */
export function readExplanation(deploymentId, signal) {
  return get(`revenue/${encodeURIComponent(deploymentId)}`, { signal });
}
