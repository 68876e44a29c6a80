/** The page's requests about revenue, in the words of the HTTP contract. */

import type { operations } from '../../../../client/schema.js';
import { answerOf, api, type Schemas } from './client.js';

export type { Schemas } from './client.js';
export type Report = Schemas['RevenueReport'];
export type Row = Schemas['RevenueRow'];
export type Totals = Schemas['RevenueTotals'];
export type Explanation = Schemas['FullExplanation'] | Schemas['PartnerExplanation'];
export type Summary = Schemas['RevenueSummary'];
/** A period, a module or a partner; or a module or partner in a period. */
export type Group = Schemas['RevenueSummaryRow'];

/** A filter with an order. */
export type ReportQuery = NonNullable<operations['getRevenueReport']['parameters']['query']>;
/** What reports, summaries, exports and previews have in common. */
export type RevenueFilter = Pick<
  ReportQuery,
  | 'startDate'
  | 'endDate'
  | 'timeZone'
  | 'moduleId'
  | 'exceptModuleId'
  | 'partnerId'
  | 'userId'
  | 'owner'
  | 'includeFree'
>;
export type GroupBy = NonNullable<operations['getRevenueSummary']['parameters']['query']>['groupBy'];

const PAGE_ROWS = 50;
/** The most rows that the service returns at once. */
const MOST_PAGE_ROWS = 500;

export function readReport(query: ReportQuery, signal?: AbortSignal): Promise<Report> {
  return answerOf(api.GET('/api/revenue', { params: { query: { limit: PAGE_ROWS, ...query } }, signal }));
}

/** `isSteady`: all pages had the same totals. */
export interface ManyRows {
  readonly rows: readonly Row[];
  readonly totals: Totals;
  readonly isSteady: boolean;
}

/** Reads the first rows of a report, page after page. If the ledger changes meanwhile, it reads them once more. */
export async function readManyRows(query: ReportQuery, most: number, signal: AbortSignal): Promise<ManyRows> {
  const first = await readPages(query, most, signal);
  return first.isSteady ? first : readPages(query, most, signal);
}

async function readPages(query: ReportQuery, most: number, signal: AbortSignal): Promise<ManyRows> {
  const rows: Row[] = [];
  const seen = new Set<string>();
  for (let cursor: string | undefined; ;) {
    const { data, totals, page } = await readReport({ ...query, cursor, limit: MOST_PAGE_ROWS }, signal);
    rows.push(...data);
    seen.add(JSON.stringify(totals));
    if (page.nextCursor === null || rows.length >= most) {
      return { rows: rows.slice(0, most), totals, isSteady: seen.size === 1 };
    }
    cursor = page.nextCursor;
  }
}

export function readSummary(filter: RevenueFilter, groupBy: GroupBy, signal?: AbortSignal): Promise<Summary> {
  return answerOf(api.GET('/api/revenue/summary', { params: { query: { ...filter, groupBy } }, signal }));
}

/** How many customers have deployments in the filter; for finance and admin. */
export async function countCustomers(filter: RevenueFilter, signal: AbortSignal): Promise<number> {
  const query = { ...filter, groupBy: 'user' as const, limit: 1 };
  return (await answerOf(api.GET('/api/revenue/summary', { params: { query }, signal }))).userCount ?? 0;
}

export function readExplanation(deploymentId: string, signal: AbortSignal): Promise<Explanation> {
  const params = { path: { deploymentId } };
  return answerOf(api.GET('/api/revenue/{deploymentId}', { params, signal }));
}
