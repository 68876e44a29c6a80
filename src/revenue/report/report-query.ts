import { SqlParameters } from '../filter/filter-conditions.js';
import { SUM_NAMES } from '../rollup/figures.js';
import { sumsQuery } from '../rollup/sums.js';
import { VARIABLES_SQL, type StoredVariables } from '../../variables/index.js';
import type { PagedReport, PagePosition } from './page-cursor.js';
import { isBackwards, isInPlace, pageTables } from './page-query.js';

/** The whole report, as PostgreSQL returns it in one row. */
export interface StoredReport {
  /** The page's rows as JSON of ReportRow, separated by commas, in the order of the response; null: none. */
  readonly rows: string | null;
  /** Whether there is a row beyond the page, seen from its position. */
  readonly goesOn: boolean;
  /** Sort keys, as PostgreSQL's text, of the page's row nearest to the position; null: there are no rows. */
  readonly nearest: readonly string[] | null;
  /** Sort keys of the row farthest from the position. */
  readonly farthest: readonly string[] | null;
  /** In the order of SUM_NAMES; null: no rows, and so no sums. */
  readonly sums: readonly string[] | null;
  /** The variables that were set at least once. */
  readonly variables: StoredVariables;
  /** Whether the position is still valid; renaming a module moves its rows. */
  readonly isInPlace: boolean;
  /**
   * PostgreSQL's text of a timestamptz; the report contains everything that was committed until then. Without an
   * explicit transaction, PostgreSQL starts one before it takes the snapshot, so `transaction_timestamp` is never after
   * the snapshot. `statement_timestamp` is the time of Execute, which is after it.
   */
  readonly readAt: string;
}

/**
 * One query for the whole report: its page, its totals and the variables. It therefore has one snapshot without an
 * explicit transaction, and needs one round trip. PostgreSQL writes the rows as JSON, and Node passes them on as one
 * text.
 *
 * @param limit most rows of the page
 */
export function reportQuery(
  report: PagedReport,
  position: PagePosition | null,
  limit: number,
): { text: string; values: unknown[] } {
  const parameters = new SqlParameters();
  const sums = SUM_NAMES.map((name) => `sums."${name}"::text`).join(', ');
  const tables = pageTables(report, position, limit + 1, parameters);
  const last = `${parameters.add(limit)}::integer`;
  const shown = isBackwards(position) ? 'DESC' : 'ASC';
  const text = `
    WITH ${tables}
    SELECT (SELECT string_agg(encoded, ',' ORDER BY place ${shown}) FROM listed WHERE place <= ${last}) AS rows,
           EXISTS (SELECT FROM listed WHERE place > ${last}) AS "goesOn",
           (SELECT keys FROM listed WHERE place = 1) AS nearest,
           (SELECT keys FROM listed WHERE place <= ${last} ORDER BY place DESC LIMIT 1) AS farthest,
           (SELECT ARRAY[${sums}] FROM (${sumsQuery({ filter: report.filter, shares: report.shares }, parameters)}) AS sums) AS sums,
           (${VARIABLES_SQL}) AS variables,
           ${isInPlace(report, position, parameters)} AS "isInPlace",
           transaction_timestamp() AS "readAt"`;
  return { text, values: parameters.values };
}
