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
 * Reads a page of a report, with the totals of all of it, by one statement. Where everything before a page has gone since,
 * as by refunds, the page before it is the first one there is.
 *
 * @param takenAt of the snapshot that the client is in, as PostgreSQL's text; null: it is in no transaction
 * @throws Problem 400 where the cursor does not belong to the report, or its module was renamed
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
