import type { PoolClient } from 'pg';
import { areSameSteps, type ShareTimeline } from '../../domain/index.js';
import { preparedQuery } from '../../platform/database/index.js';
import { badCursor } from '../../platform/paging/index.js';
import { Problem } from '../../platform/problem/index.js';
import { VARIABLES_SQL, variablesOf, type StoredVariables, type Variables } from '../../variables/index.js';
import {
  pagedReport,
  positionOf,
  type PagedReport,
  type PagePosition,
  type WantedReport,
} from './page-cursor.js';
import { isBackwards } from './page-query.js';
import { reportPage, type PageRequest } from './report-page.js';
import { reportQuery, type StoredReport } from './report-query.js';
import { reportTotals, sumsFromList } from './report-totals.js';
import { encodedReport, type EncodedReport } from './revenue-report.js';

/**
 * Reads a page of a report and the totals of the whole report in one query. Its text depends on the steps of the share,
 * so it is written for the steps that the last report had. The query also returns those of its own snapshot: if they
 * differ inside the range, it is written again.
 */
export class ReportReader {
  private known: ShareTimeline = variablesOf(null).shares;

  /**
   * If all rows before a page have gone since, for example through refunds, the first page is returned instead of the
   * page before it.
   *
   * @param takenAt time of the client's snapshot, as PostgreSQL's text; null: the client is in no transaction
   * @throws Problem 400 if the cursor does not belong to the report, its module was renamed, or the share has changed
   *   since in a report by revenue
   */
  async read(
    client: PoolClient,
    wanted: WantedReport,
    request: PageRequest,
    takenAt: string | null,
    shares: ShareTimeline = this.known,
  ): Promise<EncodedReport> {
    const report = pagedReport(wanted, shares);
    const { limit, cursor } = request;
    const position = cursor === undefined ? null : await this.positionIn(report, cursor, client);
    if (position !== null && 'shares' in position) {
      return this.read(client, wanted, request, takenAt, position.shares);
    }
    const { text, values } = reportQuery(report, position, limit);
    const [stored] = (await preparedQuery<StoredReport>(client, text, values)) as [StoredReport];
    const variables = variablesOf(stored.variables);
    if (!this.isWrittenFor(report, variables.shares)) {
      return this.read(client, wanted, request, takenAt, variables.shares);
    }
    if (!stored.isInPlace) throw badCursor();
    if (isBackwards(position) && stored.nearest === null)
      return this.read(client, wanted, { limit }, takenAt);
    const totals = reportTotals(sumsFromList(stored.sums), report.viewer);
    const page = reportPage(report, position, stored, limit);
    const parts = { totals, variables, page, takenAt: takenAt ?? stored.readAt };
    return encodedReport(report, stored.rows, parts);
  }

  /** The position of a cursor; the stored share if the cursor may be valid with that one. */
  private async positionIn(
    report: PagedReport,
    cursor: string,
    client: PoolClient,
  ): Promise<PagePosition | Pick<Variables, 'shares'>> {
    try {
      return positionOf(cursor, report);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const [row] = await preparedQuery<{ stored: StoredVariables }>(
        client,
        `SELECT (${VARIABLES_SQL}) AS stored`,
        [],
      );
      const { shares } = variablesOf(row?.stored ?? null);
      if (this.isWrittenFor(report, shares)) throw error;
      return { shares };
    }
  }

  /** Whether a report has the steps of the share, which are kept for the next report. */
  private isWrittenFor({ steps, ...wanted }: PagedReport, shares: ShareTimeline): boolean {
    this.known = shares;
    return areSameSteps(steps, pagedReport(wanted, shares).steps);
  }
}
