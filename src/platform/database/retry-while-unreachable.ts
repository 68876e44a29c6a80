import { setTimeout as sleep } from 'node:timers/promises';
import { UnreachableDatabase } from './connection-failure.js';

const PAUSE_MS = { first: 500, most: 8_000 };

/** How to wait for the database at the start. */
export interface Patience {
  /** How long to retry; 0 means one attempt. */
  readonly wait_seconds: number;
  /** Receives one line per failure: the cause and when the next attempt follows. */
  readonly notify: (what: string) => void;
  /** Aborting it ends the wait at once. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs work that needs the database, and retries while the database cannot be reached. The pause doubles each time.
 *
 * @throws UnreachableDatabase if the database stays unreachable; other errors of the work at once
 */
export async function retryWhileUnreachable<T>(
  { wait_seconds, notify, signal }: Patience,
  work: () => Promise<T>,
): Promise<T> {
  const deadline = performance.now() + wait_seconds * 1_000;
  for (let pause_ms = PAUSE_MS.first; ; pause_ms = Math.min(pause_ms * 2, PAUSE_MS.most)) {
    try {
      return await work();
    } catch (error) {
      const left_ms = deadline - performance.now();
      if (!(error instanceof UnreachableDatabase) || left_ms <= 0 || signal?.aborted === true) throw error;
      const next_ms = Math.min(pause_ms, left_ms);
      notify(`${error.obstacle}; trying again in ${(next_ms / 1_000).toFixed(1)} s.`);
      await sleep(next_ms, null, { signal }).catch(() => {
        throw error;
      });
    }
  }
}
