import { SqlParameters } from '../filter/filter-conditions.js';
import { SUM_NAMES } from '../rollup/figures.js';
import { sumsQuery } from '../rollup/sums.js';
import { VARIABLES_SQL } from '../../variables/index.js';
import type { PagedReport, PagePosition } from './page-cursor.js';
import { isInPlace, pageTables } from './page-query.js';
import type { StoredRow } from './report-row.js';

/** A row of the page, in the page's order. */
export interface PageRow extends StoredRow {
  readonly deploymentId: string;
  /** The sort keys as PostgreSQL's text. */
  readonly keys: readonly string[];
}

/** The row that comes after those of the page: what holds for all of the report. */
export interface WholeRow {
  readonly deploymentId: null;
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
 * transaction around it, and one question to the database.
 *
 * @param rows of the page that are needed; there may be more
 */
export function reportQuery(
  report: PagedReport,
  position: PagePosition | null,
  rows: number,
): { text: string; values: unknown[] } {
  const parameters = new SqlParameters();
  const sums = SUM_NAMES.map((name) => `sums."${name}"::text`).join(', ');
  const text = `
    WITH ${pageTables(report, position, rows, parameters)},
    whole AS (
      SELECT (SELECT ARRAY[${sums}] FROM (${sumsQuery(report, parameters)}) AS sums) AS sums,
             (${VARIABLES_SQL}) AS variables,
             ${isInPlace(report, position, parameters)} AS "isInPlace",
             transaction_timestamp() AS "readAt")
    SELECT listed.*, whole.* FROM listed FULL JOIN whole ON false ORDER BY listed.place`;
  return { text, values: parameters.values };
}
