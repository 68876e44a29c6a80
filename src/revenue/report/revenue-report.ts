import { shareInForce, type Variables } from '../../variables/index.js';
import { statedSteps, type StatedStep } from '../../domain/index.js';
import { instantFromPostgres } from '../../platform/database/index.js';
import { answeredFilter, type AnsweredFilter } from '../filter/answered-filter.js';
import type { RevenueFilterRequest } from '../filter/revenue-filter.js';
import type { PagedReport } from './page-cursor.js';
import type { ReportPage } from './report-page.js';
import type { ReportRow } from './report-row.js';
import type { ReportTotals } from './report-totals.js';
import type { Order, Sort, SortOrder } from './sort-order.js';

/** Request for a report, without the page. */
export interface ReportRequest extends RevenueFilterRequest {
  readonly sort?: Sort;
  readonly order?: Order;
}

/** The filter and order as the response repeats them. */
export interface ReportedFilter extends AnsweredFilter, SortOrder {}

/** A page of the report and the totals of the whole report, from one snapshot. */
export interface RevenueReport {
  readonly data: readonly ReportRow[];
  readonly totals: ReportTotals;
  /** The share in force at `snapshotAt`. */
  readonly partnerRevenueShare: string;
  /** The shares inside the filter's range. */
  readonly shares: readonly StatedStep[];
  readonly currency: string;
  readonly filter: ReportedFilter;
  readonly snapshotAt: string;
  readonly page: ReportPage;
}

/** A report whose rows are still the JSON that PostgreSQL wrote. */
export interface EncodedReport {
  /** An array of ReportRow, as JSON. */
  readonly data: string;
  readonly rest: Omit<RevenueReport, 'data'>;
}

/** The order of the rows; by default the latest first. */
export function sortOrderOf({ sort = 'createdAt', order = 'desc' }: ReportRequest): SortOrder {
  return { sort, order };
}

/** What one snapshot returned in addition to the rows. */
export interface ReadParts {
  readonly totals: ReportTotals;
  readonly variables: Variables;
  readonly page: ReportPage;
  /** Time of the snapshot, as PostgreSQL's text. */
  readonly takenAt: string;
}

/**
 * Builds a report from the results of one snapshot.
 *
 * @param rows as JSON, separated by commas; null: none
 */
export function encodedReport(
  { filter, order, steps }: PagedReport,
  rows: string | null,
  { totals, variables, page, takenAt }: ReadParts,
): EncodedReport {
  const { shares, currency, timeZone } = variables;
  const snapshotAt = instantFromPostgres(takenAt);
  return {
    data: `[${rows ?? ''}]`,
    rest: {
      totals,
      partnerRevenueShare: shareInForce(shares, snapshotAt),
      shares: statedSteps(steps),
      currency,
      filter: { ...answeredFilter(filter, timeZone), ...order },
      snapshotAt,
      page,
    },
  };
}

/** The report as JSON; the rows are passed on unchanged. */
export function reportJson({ data, rest }: EncodedReport): string {
  return `{"data":${data},${JSON.stringify(rest).slice(1)}`;
}

/** The report as an object. */
export function decodedReport({ data, rest }: EncodedReport): RevenueReport {
  return { data: JSON.parse(data) as ReportRow[], ...rest };
}
