import type { RevenueShare } from '../../domain/index.js';
import { cursorOf, type PagedReport, type PagePosition } from './page-cursor.js';
import type { PageRow } from './report-query.js';
import { reportRow, type ReportRow } from './report-row.js';

/** One page of a report's rows. */
export interface ReportPage {
  readonly rows: ReportRow[];
  /** The page after this one; null: there is none. */
  readonly nextCursor: string | null;
  /** The page before this one; null: this is the first. */
  readonly prevCursor: string | null;
}

/** What page of a report is asked for. */
export interface PageRequest {
  /** Rows, 1 to 500. */
  readonly limit: number;
  /** Absent: the first page. */
  readonly cursor?: string;
}

/**
 * A page by its place in the order, never by counting rows from the start, so that every page costs the same.
 *
 * @param found the rows from that place on; one more than the page has tells that the report goes on
 */
export function reportPage(
  report: PagedReport,
  position: PagePosition | null,
  found: readonly PageRow[],
  limit: number,
  share: RevenueShare,
): ReportPage {
  const goesOn = found.length > limit;
  const rows = found.slice(0, limit);
  if (position?.towards === 'previous') rows.reverse();
  const [first, last] = [rows[0], rows.at(-1)];
  // Where a page was reached from, there is a row: the one that its cursor names.
  const hasNext = position?.towards === 'previous' || goesOn;
  const hasPrevious = position?.towards === 'next' || (position !== null && goesOn);
  const cursorAt = (row: PageRow | undefined, towards: PagePosition['towards']): string | null =>
    row === undefined ? null : cursorOf({ towards, keys: row.keys }, report);
  return {
    rows: rows.map((row) => reportRow(row, share, report.viewer)),
    nextCursor: hasNext ? cursorAt(last, 'next') : null,
    prevCursor: hasPrevious ? cursorAt(first, 'previous') : null,
  };
}
