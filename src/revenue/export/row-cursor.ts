import type { PoolClient } from 'pg';
import type { RevenueShare } from '../../domain/index.js';
import { filterConditions, SqlParameters, where } from '../filter/filter-conditions.js';
import type { PagedReport } from '../report/page-cursor.js';
import { reportRow, rowColumns, rowJoins, type ReportRow, type StoredRow } from '../report/report-row.js';
import { orderBy, sortKeys } from '../report/sort-order.js';

/** Rows that are held at a time: more gain nothing, fewer cost round trips. */
const ROWS_PER_BATCH = 1_000;

/**
 * Reads all rows of a report in their order, a batch at a time, through a cursor on the server: memory stays flat, and
 * nothing is read before somebody asks for it. The end of the transaction closes the cursor.
 *
 * PostgreSQL's own cursor statements rather than a stream over the driver's portals: where the connection is lost,
 * pg-query-stream 4.17 waits for ever for an answer to its closing message, and the reader with it.
 */
export async function* rowBatches(
  client: PoolClient,
  { filter, order, viewer }: PagedReport,
  share: RevenueShare,
): AsyncGenerator<ReportRow[]> {
  const parameters = new SqlParameters();
  const conditions = filterConditions(filter, parameters);
  // All rows are read, so the plan that is fastest to the last one is wanted, not to the first.
  await client.query('SET LOCAL cursor_tuple_fraction = 1');
  await client.query(
    `DECLARE export_rows NO SCROLL CURSOR FOR
     SELECT ${rowColumns(viewer)} FROM deployment_revenue AS revenue ${rowJoins(viewer)}
     ${where(conditions)} ${orderBy(sortKeys(order.sort), order)}`,
    parameters.values,
  );
  for (;;) {
    const { rows } = await client.query<StoredRow>(`FETCH ${ROWS_PER_BATCH} FROM export_rows`);
    if (rows.length > 0) yield rows.map((row) => reportRow(row, share, viewer));
    if (rows.length < ROWS_PER_BATCH) return;
  }
}
