import type { PoolClient } from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import { HTTP_PROBLEMS } from '../http/http.problems.js';
import { Problem } from '../problem/index.js';
import { BULK_WORK_MAX } from './pool-shares.js';

/**
 * Runs bulk work (an import, an export) on one connection of the pool without the time limits that requests have.
 * Without this a statement ends after 30 s, a COPY to a slow reader included. Afterwards the connection is given back
 * with its limits restored; when `work` fails, it is closed.
 *
 * @throws Problem 503 where as much of it is under way as may be
 *
 * @param work gets the connection both as TypeORM's runner and as the driver's client, for COPY. It takes a COPY's stream
 *   through `pipeline`, which also listens for the error of a connection that ends afterwards.
 */
export async function withoutTimeLimits<T>(
  dataSource: DataSource,
  work: (runner: QueryRunner, client: PoolClient) => Promise<T>,
): Promise<T> {
  const underWay = (BULK_WORK.get(dataSource) ?? 0) + 1;
  if (underWay > BULK_WORK_MAX) throw tooMuchBulkWork();
  BULK_WORK.set(dataSource, underWay);
  const runner = dataSource.createQueryRunner();
  try {
    const client = (await runner.connect()) as ClientWithLimits;
    const limit_ms = client.connectionParameters.query_timeout;
    client.connectionParameters.query_timeout = 0;
    try {
      await client.query(
        `SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET lock_timeout = ${BULK_LOCK_PATIENCE_MS}`,
      );
      const result = await work(runner, client);
      await client.query(
        'RESET statement_timeout; RESET idle_in_transaction_session_timeout; RESET lock_timeout',
      );
      client.connectionParameters.query_timeout = limit_ms;
      return result;
    } catch (error) {
      // It may be in the middle of a COPY whose reader is gone: nothing more can be asked of it, so the pool drops it.
      client.end().catch(() => {});
      throw error;
    }
  } finally {
    BULK_WORK.set(dataSource, (BULK_WORK.get(dataSource) ?? 1) - 1);
    await runner.release();
  }
}

/** A chunk of another import may hold accounts for some seconds, and a second import waits for it. */
const BULK_LOCK_PATIENCE_MS = 60_000;
const BULK_WORK = new WeakMap<DataSource, number>();

function tooMuchBulkWork(): Problem {
  return new Problem(
    HTTP_PROBLEMS.UNAVAILABLE,
    `${BULK_WORK_MAX} exports and imports are under way in this process already; try again when one has ended.`,
    { headers: { 'Retry-After': '30' } },
  );
}

/** node-postgres reads its own time limit here before each query. */
interface ClientWithLimits extends PoolClient {
  connectionParameters: { query_timeout: number | false };
}
