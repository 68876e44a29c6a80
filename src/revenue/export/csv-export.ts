import { Injectable } from '@nestjs/common';
import { csvDialect, csvHeader, type CsvDelivery, type CsvForm } from '../../platform/csv/index.js';
import { copyTexts, ReportSnapshots, type Snapshot } from '../../platform/database/index.js';
import { localZoneOf, VariablesService } from '../../variables/index.js';
import { FilterResolver } from '../filter/filter-resolver.js';
import { pagedReport } from '../report/page-cursor.js';
import { sortOrderOf, type ReportRequest } from '../report/revenue-report.js';
import { shareSql } from '../share/share-sql.js';
import type { Viewer } from '../viewer.js';
import { csvColumns } from './csv-columns.js';
import { csvQuery } from './csv-query.js';
import { exportFileName } from './file-name.js';
import { SqlLiterals } from './sql-literals.js';

/** A request for a report as a file. */
export interface ExportRequest extends ReportRequest {
  /** Absent: plain CSV. */
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
   * Streams a report from one snapshot, as fast as the client reads.
   *
   * @param deliver called when the first rows are ready, so that earlier failures still get an error response; it sends
   *   the whole file, or throws or aborts
   * @param signal aborting it frees the connection at once, even while a query is running
   * @throws Problem as for the report, and anything that `deliver` throws
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
    const { shares, currency, timeZone } = await this.variables.current(manager);
    const filter = await this.filters.resolve(request, viewer, () => timeZone, manager);
    const dialect = csvDialect(request.csv);
    const report = pagedReport({ filter, order: sortOrderOf(request), viewer }, shares);
    const share = shareSql(report.steps, new SqlLiterals());
    const columns = csvColumns({ share, currency, localZone: localZoneOf(request) }, viewer, dialect);
    const lines = copyTexts(client, csvQuery(report, columns, dialect.separator));
    const first = await lines.next();
    try {
      const text = textOf(csvHeader(columns, dialect), first, lines);
      await deliver({ fileName: exportFileName(filter), text });
    } finally {
      void lines.return(undefined); // If the file was not read to its end, this closes the database connection.
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
