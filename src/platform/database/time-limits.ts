import type { PoolClient } from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import { SET_REQUEST_LIMITS } from './session-settings.js';
import { lendUnlessAborted } from './unless-aborted.js';

/** A chunk of another import can lock accounts for some seconds, and a second import waits for it. */
const BULK_LOCK_PATIENCE_MS = 60_000;
/**
 * How often a server checks whether the client of a long statement is still connected, if its platform supports that.
 */
const LOOK_FOR_CLIENT_MS = 1_000;

/**
 * Runs bulk work (an import, an export) on one connection of the pool without the time limits of requests, which would
 * end a statement after 30 s, even a COPY to a slow reader. Afterwards the limits are restored and the connection goes
 * back to the pool; if `work` fails, the connection is closed.
 *
 * @param work receives the connection as TypeORM's runner and as the driver's client, for COPY. It must read a COPY's
 *   stream through `pipeline`, which also handles a later error of the connection.
 * @param signal aborting it ends the connection at once, even during a statement
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
      // Servers on Windows refuse the setting. They notice a lost client when they send the next row.
      await client.query(`SET client_connection_check_interval = ${LOOK_FOR_CLIENT_MS}`).catch(() => {});
      const result = await work(runner, client);
      await client.query(`${SET_REQUEST_LIMITS}; RESET client_connection_check_interval`);
      client.connectionParameters.query_timeout = limit_ms;
      return result;
    } catch (error) {
      // The session may be in a COPY whose reader is gone and cannot run another statement, so the pool drops the
      // connection.
      client.end().catch(() => {});
      throw error;
    }
  });
}

/** node-postgres reads its own timeout from here before each query. */
interface ClientWithLimits extends PoolClient {
  connectionParameters: { query_timeout: number | false };
  end(): Promise<void>;
}
