import type { PoolClient } from 'pg';
import { preparedQuery } from '../../platform/database/index.js';
import { badCursor } from '../../platform/paging/index.js';
import { variablesOf } from '../../variables/index.js';
import { positionOf, type PagedReport } from './page-cursor.js';
import { reportPage, type PageRequest } from './report-page.js';
import { reportQuery, type PageRow, type WholeRow } from './report-query.js';
import { reportTotals, sumsFromList } from './report-totals.js';
import { revenueReport, type RevenueReport } from './revenue-report.js';

/**
 * Reads a page of a report, with the totals of all of it, by one statement.
 *
 * @param takenAt of the snapshot that the client is in, as PostgreSQL's text; null: it is in no transaction
 * @throws Problem 400 where the cursor does not belong to the report, or its module was renamed
 */
export async function readReport(
  client: PoolClient,
  report: PagedReport,
  { limit, cursor }: PageRequest,
  takenAt: string | null,
): Promise<RevenueReport> {
  const position = cursor === undefined ? null : positionOf(cursor, report);
  const { text, values } = reportQuery(report, position, limit + 1);
  const rows = await preparedQuery<PageRow | WholeRow>(client, text, values);
  const whole = rows.pop() as WholeRow;
  if (!whole.isInPlace) throw badCursor();
  const variables = variablesOf(whole.variables);
  const share = variables.partnerRevenueShare;
  const page = reportPage(report, position, rows as PageRow[], limit, share);
  const totals = reportTotals(sumsFromList(whole.sums), share, report.viewer);
  return revenueReport(report, { ...page, limit }, totals, variables, takenAt ?? whole.readAt);
}
