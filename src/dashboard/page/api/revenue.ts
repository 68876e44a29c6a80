/** The page's requests about revenue, in the words of the HTTP contract. */

import { get } from './client.js';
import type { Address } from '../address/address.js';
import type { Range } from '../address/ranges.js';
import type { Query } from './client.js';
import type { Schemas } from './client.js';

export type { Schemas } from './client.js';
export type Report = Schemas['RevenueReport'];
export type Row = Schemas['RevenueRow'];
export type Totals = Schemas['RevenueTotals'];
export type Explanation = Schemas['FullExplanation'] | Schemas['PartnerExplanation'];

const PAGE_ROWS = 50;
/** The most rows that the service returns at once. */
const MOST_PAGE_ROWS = 500;

/** Returns the filter, without an order. */
export function filterQuery(address: Address, range: Range | OpenRange | null, timeZone: string): Query {
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

export type OpenRange = { readonly first: string | null; readonly last: string | null };

export function reportQuery(filter: Query, { sort, order }: Pick<Address, 'sort' | 'order'>): Query {
  return { ...filter, sort, order };
}

/** @param rows of a page */
export function readReport(
  query: Query,
  cursor: string | null,
  signal?: AbortSignal,
  rows: number = PAGE_ROWS,
): Promise<Report> {
  return get('revenue', { query: { ...query, limit: String(rows), cursor }, signal });
}

/** isSteady: all pages had the same totals */
export type ManyRows = { rows: Row[]; totals: Totals; isSteady: boolean };

/** Reads the first rows of a report, page after page. If the ledger changes meanwhile, it reads them once more. */
export async function readManyRows(query: Query, most: number, signal: AbortSignal): Promise<ManyRows> {
  const first = await readPages(query, most, signal);
  return first.isSteady ? first : readPages(query, most, signal);
}

async function readPages(query: Query, most: number, signal: AbortSignal): Promise<ManyRows> {
  const rows: Row[] = [];
  const seen: Set<string> = new Set();
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

export async function readTotals(filter: Query, signal?: AbortSignal): Promise<Totals> {
  const report: Report = await get('revenue', { query: { ...filter, limit: '1' }, signal });
  return report.totals;
}

/** a period, a module or a partner; or a module or partner in a period */
export type Group = Schemas['RevenueSummaryRow'];
export type Summary = Schemas['RevenueSummary'];

export function readSummary(filter: Query, groupBy: string, signal?: AbortSignal): Promise<Summary> {
  return get('revenue/summary', { query: { ...filter, groupBy }, signal });
}

export function readExplanation(deploymentId: string, signal: AbortSignal): Promise<Explanation> {
  return get(`revenue/${encodeURIComponent(deploymentId)}`, { signal });
}
