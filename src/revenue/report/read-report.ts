import type { PoolClient } from 'pg';
import { preparedQuery } from '../../platform/database/index.js';
import { badCursor } from '../../platform/paging/index.js';
import { variablesOf } from '../../variables/index.js';
import { positionOf, type PagedReport } from './page-cursor.js';
import { isBackwards } from './page-query.js';
import { reportPage, type PageRequest } from './report-page.js';
import { reportQuery, type StoredReport } from './report-query.js';
import { reportTotals, sumsFromList } from './report-totals.js';
import { encodedReport, type EncodedReport } from './revenue-report.js';

/**
 * Reads a page of a report and the totals of the whole report in one query. If all rows before a page have gone since,
 * for example through refunds, the first page is returned instead of the page before it.
 *
 * @param takenAt time of the client's snapshot, as PostgreSQL's text; null: the client is in no transaction
 * @throws Problem 400 if the cursor does not belong to the report, or its module was renamed
 */
export async function readReport(
  client: PoolClient,
  report: PagedReport,
  { limit, cursor }: PageRequest,
  takenAt: string | null,
): Promise<EncodedReport> {
  const position = cursor === undefined ? null : positionOf(cursor, report);
  const { text, values } = reportQuery(report, position, limit);
  const [stored] = (await preparedQuery<StoredReport>(client, text, values)) as [StoredReport];
  if (!stored.isInPlace) throw badCursor();
  if (isBackwards(position) && stored.nearest === null) return readReport(client, report, { limit }, takenAt);
  const variables = variablesOf(stored.variables);
  const totals = reportTotals(sumsFromList(stored.sums), variables.partnerRevenueShare, report.viewer);
  const page = reportPage(report, position, stored, limit);
  return encodedReport(report, stored.rows, { totals, variables, page, takenAt: takenAt ?? stored.readAt });
}
