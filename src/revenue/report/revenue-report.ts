import type { Variables } from '../../variables/index.js';
import { formatRevenueShare } from '../../domain/index.js';
import { instantFromPostgres } from '../../platform/database/index.js';
import { answeredFilter, type AnsweredFilter } from '../filter/answered-filter.js';
import type { RevenueFilterRequest } from '../filter/revenue-filter.js';
import type { PagedReport } from './page-cursor.js';
import type { ReportPage } from './report-page.js';
import type { ReportRow } from './report-row.js';
import type { ReportTotals } from './report-totals.js';
import type { Order, Sort, SortOrder } from './sort-order.js';

/** What somebody asks a report for, but for the page. */
export interface ReportRequest extends RevenueFilterRequest {
  readonly sort?: Sort;
  readonly order?: Order;
}

/** The filter and order as the answer repeats them. */
export interface ReportedFilter extends AnsweredFilter, SortOrder {}

/** A page of the report and the sums of all of it, from one snapshot. */
export interface RevenueReport {
  readonly data: readonly ReportRow[];
  readonly totals: ReportTotals;
  readonly partnerRevenueShare: string;
  readonly currency: string;
  readonly filter: ReportedFilter;
  readonly snapshotAt: string;
  readonly page: {
    readonly limit: number;
    readonly nextCursor: string | null;
    readonly prevCursor: string | null;
  };
}

/** How the rows are ordered where nobody says: the latest first. */
export function sortOrderOf({ sort = 'createdAt', order = 'desc' }: ReportRequest): SortOrder {
  return { sort, order };
}

/**
 * Puts an answer together from what one snapshot gave.
 *
 * @param takenAt when that was, as PostgreSQL's text
 */
export function revenueReport(
  { filter, order }: PagedReport,
  page: ReportPage & { readonly limit: number },
  totals: ReportTotals,
  { partnerRevenueShare, currency, timeZone }: Variables,
  takenAt: string,
): RevenueReport {
  return {
    data: page.rows,
    totals,
    partnerRevenueShare: formatRevenueShare(partnerRevenueShare),
    currency,
    filter: { ...answeredFilter(filter, timeZone), ...order },
    snapshotAt: instantFromPostgres(takenAt),
    page: { limit: page.limit, nextCursor: page.nextCursor, prevCursor: page.prevCursor },
  };
}
