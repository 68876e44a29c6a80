import type { PoolClient } from 'pg';
import type { RevenueShare } from '../../domain/index.js';
import { filterConditions, SqlParameters, where } from '../filter/filter-conditions.js';
import { cursorOf, positionOf, type PagedReport, type PagePosition } from './page-cursor.js';
import { preparedQuery } from '../../platform/database/index.js';
import { reportRow, rowColumns, rowJoins, type ReportRow, type StoredRow } from './report-row.js';
import { orderBy, sortKeys } from './sort-order.js';

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

/** Rows are joined with names and addresses only once the page is cut, unless the order needs the names. */
function pageQuery(
  { filter, order, viewer }: PagedReport,
  position: PagePosition | null,
  rows: number,
): { text: string; values: unknown[] } {
  const parameters = new SqlParameters();
  const backwards = position?.towards === 'previous';
  const keys = sortKeys(order.sort);
  const conditions = filterConditions(filter, parameters);
  if (position !== null) {
    const places = position.keys.map((key, index) => `${parameters.add(key)}::${keys[index]?.type}`);
    const comparison = (order.order === 'asc') === backwards ? '<' : '>';
    conditions.push(
      `(${keys.map(({ expression }) => expression).join(', ')}) ${comparison} (${places.join(', ')})`,
    );
  }
  const names = order.sort === 'moduleName' ? 'JOIN modules AS module ON module.id = revenue.module_id' : '';
  const ordered = orderBy(order, backwards);
  const text = `
    SELECT ${rowColumns(viewer)}, ARRAY[${keys.map(({ expression }) => `(${expression})::text`).join(', ')}] AS keys
      FROM (SELECT revenue.* FROM deployment_revenue AS revenue ${names}
            ${where(conditions)} ${ordered} LIMIT ${parameters.add(rows)}) AS revenue
      ${rowJoins(viewer)}
    ${ordered}`;
  return { text, values: parameters.values };
}
