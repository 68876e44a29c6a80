import { SqlParameters } from '../filter/filter-conditions.js';
import { SUM_NAMES } from '../rollup/figures.js';
import { sumsQuery } from '../rollup/sums.js';
import { VARIABLES_SQL } from '../../variables/index.js';
import type { PagedReport, PagePosition } from './page-cursor.js';
import { isBackwards, isInPlace, pageTables } from './page-query.js';

/** All that a report says, as PostgreSQL gives it in one row. */
export interface StoredReport {
  /** The page's rows as JSON of ReportRow, between them a comma, in the order in which they are shown; null: none. */
  readonly rows: string | null;
  /** Whether there is a row beyond the page, seen from its position. */
  readonly goesOn: boolean;
  /** The sort keys, as PostgreSQL's text, of the page's row next to the position; null: there are no rows. */
  readonly nearest: readonly string[] | null;
  /** Of the row that is farthest from it. */
  readonly farthest: readonly string[] | null;
  /** In the order of SUM_NAMES; null: no rows, and so no sums. */
  readonly sums: readonly string[] | null;
  /** Those that were ever set. */
  readonly variables: Readonly<Record<string, string>> | null;
  /** Whether the position is still a place in the order; a renamed module has taken its rows elsewhere. */
  readonly isInPlace: boolean;
  /**
   * All that was committed by then is in it; PostgreSQL's text of a timestamptz. A statement without a transaction around
   * it begins one of its own before it takes its snapshot; `statement_timestamp` is the time of Execute, after that.
   */
  readonly readAt: string;
}

/**
 * One statement for all that a report says, its page, its totals and the variables: so it is of one snapshot, without a
 * transaction around it, and one question to the database. PostgreSQL writes the rows as they are answered: they pass through
 * Node as one text.
 *
 * @param limit how many rows the page has at most
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
           (SELECT ARRAY[${sums}] FROM (${sumsQuery(report, parameters)}) AS sums) AS sums,
           (${VARIABLES_SQL}) AS variables,
           ${isInPlace(report, position, parameters)} AS "isInPlace",
           transaction_timestamp() AS "readAt"`;
  return { text, values: parameters.values };
}
