import type { PoolClient } from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import { abandon } from './abandon.js';

/**
 * Runs work with a connection of a pool. On abort, it stops waiting for a connection, or ends the one it has at once,
 * even during a statement; the pool replaces it.
 *
 * @throws errors of `work`, which after an abort is an error of the connection
 */
export async function lendUnlessAborted<T>(
  source: DataSource,
  signal: AbortSignal | undefined,
  work: (runner: QueryRunner, client: PoolClient) => Promise<T>,
): Promise<T> {
  const runner = source.createQueryRunner();
  const client = await connected(runner, signal);
  const stop = (): void => abandon(client);
  signal?.addEventListener('abort', stop, { once: true });
  try {
    signal?.throwIfAborted();
    return await work(runner, client);
  } finally {
    signal?.removeEventListener('abort', stop);
    await runner.release();
  }
}

/** @throws the reason of the abort; a connection that arrives later goes back to the pool */
async function connected(runner: QueryRunner, signal: AbortSignal | undefined): Promise<PoolClient> {
  const connecting = runner.connect() as Promise<PoolClient>;
  if (signal === undefined) return connecting;
  let stopWaiting = (): void => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    stopWaiting = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', stopWaiting, { once: true });
    if (signal.aborted) stopWaiting();
  });
  try {
    return await Promise.race([connecting, aborted]);
  } catch (error) {
    connecting.then(() => runner.release()).catch(() => {});
    throw error;
  } finally {
    signal.removeEventListener('abort', stopWaiting);
  }
}
