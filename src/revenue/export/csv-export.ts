import { Injectable } from '@nestjs/common';
import { csvDialect, csvHeader, type CsvDelivery, type CsvForm } from '../../platform/csv/index.js';
import { copyTexts, ReportSnapshots, type Snapshot } from '../../platform/database/index.js';
import { localZoneOf, VariablesService } from '../../variables/index.js';
import { FilterResolver } from '../filter/filter-resolver.js';
import { sortOrderOf, type ReportRequest } from '../report/revenue-report.js';
import type { Viewer } from '../viewer.js';
import { csvColumns } from './csv-columns.js';
import { csvQuery } from './csv-query.js';
import { exportFileName } from './file-name.js';

/** Which report becomes a file, and in which form. */
export interface ExportRequest extends ReportRequest {
  /** Absent: the usual one. */
  readonly csv?: CsvForm;
}

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
   * @param deliver called once the first rows are there, so that what fails before can still be told; it takes the whole
   *   file, or throws or aborts
   * @param signal its abort frees the connection at once, in the middle of whatever the database is doing
   * @throws Problem as the report; whatever `deliver` throws
   */
  async write(
    request: ExportRequest,
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
    request: ExportRequest,
    viewer: Viewer,
    deliver: CsvDelivery,
  ): Promise<void> {
    const { partnerRevenueShare, currency, timeZone } = await this.variables.current(manager);
    const filter = await this.filters.resolve(request, viewer, () => timeZone, manager);
    const dialect = csvDialect(request.csv);
    const terms = { partnerRevenueShare, currency, localZone: localZoneOf(request) };
    const columns = csvColumns(terms, viewer, dialect);
    const report = { filter, order: sortOrderOf(request), viewer };
    const lines = copyTexts(client, csvQuery(report, columns, dialect.separator));
    const first = await lines.next();
    try {
      const text = textOf(csvHeader(columns, dialect), first, lines);
      await deliver({ fileName: exportFileName(filter), text });
    } finally {
      void lines.return(undefined); // a file that nobody took to its end ends its connection
    }
  }
}

async function* textOf(
  header: string,
  first: IteratorResult<Buffer, void>,
  rest: AsyncIterable<Buffer>,
): AsyncGenerator<string | Buffer> {
  yield header;
  if (first.done === true) return;
  yield first.value;
  yield* rest;
}
