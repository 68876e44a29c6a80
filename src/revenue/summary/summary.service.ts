import { Injectable } from '@nestjs/common';
import { ReportSnapshots, type Snapshot } from '../../platform/database/index.js';
import type { CsvForm, OpenCsv } from '../../platform/csv/index.js';
import { LocalClock, VariablesService } from '../../variables/index.js';
import { FilterResolver } from '../filter/filter-resolver.js';
import { sumRows } from '../report/report-totals.js';
import type { Viewer } from '../viewer.js';
import { sumGroups } from './grouped-sums.js';
import { groupingOf } from './grouping.js';
import { readPeriods } from './periods.js';
import { revenueSummary, type RevenueSummary, type SummaryRequest } from './revenue-summary.js';
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
    await this.filters.check(request);
    return this.snapshots.read((snapshot) => this.summaryFrom(snapshot, request, viewer), signal);
  }

  /**
   * The same as a file.
   *
   * @throws Problem as `summary`
   */
  async csv(
    request: SummaryRequest & { readonly csv?: CsvForm },
    viewer: Viewer,
    signal?: AbortSignal,
  ): Promise<OpenCsv> {
    const summary = await this.summary(request, viewer, signal);
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
    const groups = await sumGroups(client, filter, variables.shares, grouping, periods);
    const subjects = subject === null ? [] : await readSubjects(client, subject, groups);
    const totals = await sumRows(client, filter, variables.shares);
    return revenueSummary(
      { filter, grouping, periods, subjects, groups, totals },
      variables,
      snapshot,
      viewer,
    );
  }
}
