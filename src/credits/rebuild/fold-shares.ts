import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { foldShare, type Done } from './fold-share.js';
import type { Share } from './rebuild-run.js';

/** Each thread keeps a session that reads and two that write busy, which want processors too. */
const CORES_PER_THREAD = 2;

/** How many shares are folded at once on this machine, where nobody says otherwise. */
export function workersOfMachine(): number {
  return Math.max(1, Math.floor(availableParallelism() / CORES_PER_THREAD));
}

/**
 * Folds shares, several at once in threads of their own; one worker folds in this thread. The first failure ends all.
 *
 * @param workers how many at once
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

/** Compiled code only: where sources run as they are, all is folded in this thread. */
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
    await once(thread, 'exit'); // rejects with what the thread threw
  } finally {
    threads.delete(thread);
  }
}
