import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { foldShare, type Done } from './fold-share.js';
import type { Share } from './rebuild-run.js';

/** Each thread also uses one session that reads and two that write, which need processors too. */
const CORES_PER_THREAD = 2;

/** Default number of shares that are folded at once on this machine. */
export function workersOfMachine(): number {
  return Math.max(1, Math.floor(availableParallelism() / CORES_PER_THREAD));
}

/**
 * Folds shares, several at once, each in its own thread. A single worker folds in this thread. The first error ends
 * all.
 *
 * @param workers number of shares that are folded at once
 */
export async function foldShares(
  ownerUrl: string,
  shares: readonly Share[],
  workers: number,
  onDone: (done: Done) => void,
): Promise<void> {
  const waiting = [...shares];
  const threads = new Set<Worker>();
  const lane = async (): Promise<void> => {
    for (let share = waiting.shift(); share !== undefined; share = waiting.shift()) {
      if (workers > 1 && existsSync(THREAD)) await foldInThread(ownerUrl, share, onDone, threads);
      else await foldShare(ownerUrl, share, onDone);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(workers, shares.length) }, lane));
  } catch (error) {
    waiting.length = 0;
    await Promise.all([...threads].map((thread) => thread.terminate()));
    throw error;
  }
}

/** Exists only in compiled code. If the sources are run directly, all shares are folded in this thread. */
const THREAD = fileURLToPath(new URL('./fold-thread.js', import.meta.url));

async function foldInThread(
  ownerUrl: string,
  share: Share,
  onDone: (done: Done) => void,
  threads: Set<Worker>,
): Promise<void> {
  const thread = new Worker(THREAD, { workerData: { ownerUrl, share } });
  threads.add(thread);
  try {
    thread.on('message', onDone);
    await once(thread, 'exit'); // rejects with the thread's error
  } finally {
    threads.delete(thread);
  }
}
