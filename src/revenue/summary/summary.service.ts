import { Injectable } from '@nestjs/common';
import { ReportSnapshots, type Snapshot } from '../../platform/database/index.js';
import type { CsvForm, OpenCsv } from '../../platform/csv/index.js';
import { LocalClock, VariablesService } from '../../variables/index.js';
import { FilterResolver, usersNotYours } from '../filter/filter-resolver.js';
import { sumRows } from '../report/report-totals.js';
import type { Viewer } from '../viewer.js';
import { sumGroups } from './grouped-sums.js';
import { BY_USER, groupingOf } from './grouping.js';
import { sumLargestUsers } from './largest-users.js';
import { readPeriods } from './periods.js';
import { revenueSummary, type RevenueSummary, type SummaryRequest } from './revenue-summary.js';
import { limitNeedsUser, SUMMARY_ROWS_MAX, tooManyRows, USERS_DEFAULT } from './summary-limits.js';
import { readSubjects } from './subjects.js';
import { instantsOf, summaryCsv } from './summary-csv.js';

/** Sums of the report by day, week, month, module and partner. */
@Injectable()
export class SummaryService {
  constructor(
    private readonly snapshots: ReportSnapshots,
    private readonly filters: FilterResolver,
    private readonly variables: VariablesService,
    private readonly clock: LocalClock,
  ) {}

  /**
   * Sums the rows of a report; the summary's rows and totals are from one snapshot.
   *
   * @param signal aborting it frees the connection at once
   * @throws Problem as for the report; 400 for more periods or rows than a summary can have
   */
  async summary(request: SummaryRequest, viewer: Viewer, signal?: AbortSignal): Promise<RevenueSummary> {
    if (request.groupBy !== BY_USER && request.limit !== undefined) throw limitNeedsUser();
    if (request.groupBy === BY_USER && viewer.kind === 'partner') throw usersNotYours('group by user');
    await this.filters.check(request);
    return this.snapshots.read((snapshot) => this.summaryFrom(snapshot, request, viewer), signal);
  }

  /**
   * The same as a file. By user, it contains all customers.
   *
   * @throws Problem as `summary`
   */
  async csv(
    request: SummaryRequest & { readonly csv?: CsvForm },
    viewer: Viewer,
    signal?: AbortSignal,
  ): Promise<OpenCsv> {
    const limit = request.groupBy === BY_USER ? SUMMARY_ROWS_MAX : undefined;
    const summary = await this.summary({ ...request, limit }, viewer, signal);
    if ((summary.userCount ?? 0) > SUMMARY_ROWS_MAX) throw tooManyRows();
    const localTimes = await this.clock.read(request, instantsOf(summary));
    return summaryCsv(summary, { viewer, form: request.csv, localTimes });
  }

  private async summaryFrom(
    snapshot: Snapshot,
    request: SummaryRequest,
    viewer: Viewer,
  ): Promise<RevenueSummary> {
    const { client, manager } = snapshot;
    const variables = await this.variables.current(manager);
    const filter = await this.filters.resolve(request, viewer, () => variables.timeZone, manager);
    const grouping = groupingOf(request.groupBy);
    const { unit, subject } = grouping;
    const periods = unit === null ? [] : await readPeriods(client, filter, unit, variables.timeZone);
    const { groups, count: userCount } =
      subject === BY_USER
        ? await sumLargestUsers(client, filter, variables.shares, request.limit ?? USERS_DEFAULT)
        : { groups: await sumGroups(client, filter, variables.shares, grouping, periods), count: null };
    const subjects = subject === null ? [] : await readSubjects(client, subject, groups);
    const totals = await sumRows(client, filter, variables.shares);
    return revenueSummary(
      { filter, grouping, periods, subjects, groups, totals, userCount },
      variables,
      snapshot,
      viewer,
    );
  }
}
