import type { PoolClient } from 'pg';
import type { RevenueShare } from '../../domain/index.js';
import { cursorOf, positionOf, type PagedReport, type PagePosition } from './page-cursor.js';
import { preparedQuery } from '../../platform/database/index.js';
import { pageQuery } from './page-query.js';
import { reportRow, type ReportRow, type StoredRow } from './report-row.js';

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

type KeyedRow = StoredRow & { readonly keys: readonly string[] };

/**
 * Reads a page by its place in the order, never by counting rows from the start, so that every page costs the same.
 * One row more than asked for tells whether the report goes on.
 *
 * @throws Problem 400 where the cursor does not belong to the report
 */
export async function readPage(
  client: PoolClient,
  report: PagedReport,
  { limit, cursor }: PageRequest,
  share: RevenueShare,
): Promise<ReportPage> {
  const position = cursor === undefined ? null : positionOf(cursor, report);
  const { text, values } = pageQuery(report, position, limit + 1);
  const found = await preparedQuery<KeyedRow>(client, text, values);
  const goesOn = found.length > limit;
  const rows = found.slice(0, limit);
  if (position?.towards === 'previous') rows.reverse();
  const [first, last] = [rows[0], rows.at(-1)];
  // Where a page was reached from, there is a row: the one that its cursor names.
  const hasNext = position?.towards === 'previous' || goesOn;
  const hasPrevious = position?.towards === 'next' || (position !== null && goesOn);
  const cursorAt = (row: KeyedRow | undefined, towards: PagePosition['towards']): string | null =>
    row === undefined ? null : cursorOf({ towards, keys: row.keys }, report);
  return {
    rows: rows.map((row) => reportRow(row, share, report.viewer)),
    nextCursor: hasNext ? cursorAt(last, 'next') : null,
    prevCursor: hasPrevious ? cursorAt(first, 'previous') : null,
  };
}
