import { Injectable } from '@nestjs/common';
import { formatRevenueShare } from '../../domain/index.js';
import { CsvText, type CsvDelivery } from '../../platform/csv/index.js';
import { ReportSnapshots, type Snapshot } from '../../platform/database/index.js';
import { VariablesService } from '../../variables/index.js';
import { FilterResolver } from '../filter/filter-resolver.js';
import type { ReportRow } from '../report/report-row.js';
import { sortOrderOf, type ReportRequest } from '../report/revenue-report.js';
import type { Viewer } from '../viewer.js';
import { csvColumns } from './csv-columns.js';
import { exportFileName } from './file-name.js';
import { rowBatches } from './row-cursor.js';

/** Writes all rows of a report as CSV. */
@Injectable()
export class CsvExport {
  constructor(
    private readonly snapshots: ReportSnapshots,
    private readonly filters: FilterResolver,
    private readonly variables: VariablesService,
  ) {}

  /**
   * Streams a report out of one snapshot, at the pace of whoever takes it.
   *
   * @param deliver called once the first rows are there, so that what fails before can still be told
   * @param signal its abort frees the connection at once, in the middle of whatever the database is doing
   * @throws Problem as the report; whatever `deliver` throws
   */
  async write(
    request: ReportRequest,
    viewer: Viewer,
    deliver: CsvDelivery,
    signal?: AbortSignal,
  ): Promise<void> {
    await this.filters.check(request);
    await this.snapshots.readAtLength(
      (snapshot, handOver) =>
        this.writeFrom(snapshot, request, viewer, (csv) => {
          handOver();
          return deliver(csv);
        }),
      signal,
    );
  }

  private async writeFrom(
    { client, manager }: Snapshot,
    request: ReportRequest,
    viewer: Viewer,
    deliver: CsvDelivery,
  ): Promise<void> {
    const { partnerRevenueShare, currency, timeZone } = await this.variables.current(manager);
    const filter = await this.filters.resolve(request, viewer, timeZone, manager);
    const report = { filter, order: sortOrderOf(request), viewer };
    const terms = { partnerRevenueShare: formatRevenueShare(partnerRevenueShare), currency };
    const csv = new CsvText(csvColumns(terms, viewer));
    const batches = rowBatches(client, report, partnerRevenueShare);
    const first = await batches.next();
    await deliver({ fileName: exportFileName(filter), text: textOf(csv, first, batches) });
  }
}

async function* textOf(
  csv: CsvText<ReportRow>,
  first: IteratorResult<ReportRow[], void>,
  rest: AsyncIterable<ReportRow[]>,
): AsyncGenerator<string> {
  yield csv.header;
  if (first.done === true) return;
  yield csv.lines(first.value);
  for await (const batch of rest) yield csv.lines(batch);
}
