import type { PoolClient } from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import { SET_REQUEST_LIMITS } from './session-settings.js';
import { lendUnlessAborted } from './unless-aborted.js';

/** A chunk of another import may hold accounts for some seconds, and a second import waits for it. */
const BULK_LOCK_PATIENCE_MS = 60_000;
/** How often a session that works for long looks whether its client is still there, where its server can. */
const LOOK_FOR_CLIENT_MS = 1_000;

/**
 * Runs bulk work (an import, an export) on one connection of the pool without the time limits that requests have.
 * Without this a statement ends after 30 s, a COPY to a slow reader included. Afterwards the connection is given back
 * with its limits restored; when `work` fails, it is closed.
 *
 * @param work gets the connection both as TypeORM's runner and as the driver's client, for COPY. It takes a COPY's stream
 *   through `pipeline`, which also listens for the error of a connection that ends afterwards.
 * @param signal its abort ends the connection at once, in the middle of whatever the database is doing
 */
export function withoutTimeLimits<T>(
  dataSource: DataSource,
  work: (runner: QueryRunner, client: PoolClient) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  return lendUnlessAborted(dataSource, signal, async (runner, pooled) => {
    const client = pooled as ClientWithLimits;
    const limit_ms = client.connectionParameters.query_timeout;
    client.connectionParameters.query_timeout = 0;
    try {
      await client.query(
        `SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET lock_timeout = ${BULK_LOCK_PATIENCE_MS}`,
      );
      // Servers on Windows refuse it: they notice when they send the next row.
      await client.query(`SET client_connection_check_interval = ${LOOK_FOR_CLIENT_MS}`).catch(() => {});
      const result = await work(runner, client);
      await client.query(`${SET_REQUEST_LIMITS}; RESET client_connection_check_interval`);
      client.connectionParameters.query_timeout = limit_ms;
      return result;
    } catch (error) {
      // It may be in the middle of a COPY whose reader is gone: nothing more can be asked of it, so the pool drops it.
      client.end().catch(() => {});
      throw error;
    }
  });
}

/** node-postgres reads its own time limit here before each query. */
interface ClientWithLimits extends PoolClient {
  connectionParameters: { query_timeout: number | false };
  end(): Promise<void>;
}
