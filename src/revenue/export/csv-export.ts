import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { formatRevenueShare } from '../../domain/index.js';
import { CsvText, type CsvDelivery } from '../../platform/csv/index.js';
import { snapshotOn, withoutTimeLimits, type Snapshot } from '../../platform/database/index.js';
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
    @InjectDataSource() private readonly dataSource: DataSource,
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
    await withoutTimeLimits(this.dataSource, (runner, client) =>
      this.unlessAborted(client, signal, () =>
        snapshotOn(runner, (snapshot) => this.writeFrom(snapshot, request, viewer, deliver)),
      ),
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

  /** Ends the connection on abort: its pool replaces it, and the backend is told to stop what nobody waits for. */
  private async unlessAborted<T>(
    client: PoolClient,
    signal: AbortSignal | undefined,
    work: () => Promise<T>,
  ): Promise<T> {
    const { processID: backend } = client as unknown as { processID: number };
    const stop = (): void => void (client as unknown as { end(): Promise<void> }).end();
    signal?.throwIfAborted();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      return await work();
    } finally {
      signal?.removeEventListener('abort', stop);
      if (signal?.aborted === true) {
        // Without this a long sort would go on until its first row finds nobody. It is no loss if it fails.
        void this.dataSource.query('SELECT pg_cancel_backend($1)', [backend]).catch(() => {});
      }
    }
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
