import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';

/**
 * Runs work on a connection, and on abort frees it at once, in the middle of whatever the database is doing: the
 * connection ends, its pool replaces it, and the backend is told to stop what nobody waits for.
 *
 * @param source whose connection it is
 * @throws what `work` throws, which is an error of the connection after an abort
 */
export async function unlessAborted<T>(
  source: DataSource,
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
      void source.query('SELECT pg_cancel_backend($1)', [backend]).catch(() => {});
    }
  }
}
