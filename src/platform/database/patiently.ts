import { setTimeout as sleep } from 'node:timers/promises';
import { UnreachableDatabase } from './connection-failure.js';

const PAUSE_MS = { first: 500, most: 8_000 };

/** How a start waits for its database. */
export interface Patience {
  /** How long it tries; 0: once. */
  readonly wait_seconds: number;
  /** Told, in one line each time, what is in the way and when it is tried again. */
  readonly notify: (what: string) => void;
  /** Its abort ends the waiting at once. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs work that needs the database, again after a pause that doubles for as long as the database is out of reach.
 *
 * @throws UnreachableDatabase where that has not changed in time, and whatever else the work throws, at once
 */
export async function patiently<T>(
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
