import type { DataSource, QueryRunner } from 'typeorm';
import { HTTP_PROBLEMS } from '../problem/http.problems.js';
import { Problem } from '../problem/index.js';
import { PATIENCE_MS, WRITERS_MAX } from './pool-shares.js';
import { inTransaction } from './transaction.js';
import { KeyedMutex, Semaphore, SemaphoreTimeout } from './semaphore.js';

/** A wait that is long enough to spend a statement on shortening the lock timeout by it. */
const WAIT_TO_COUNT_MS = 1_000;
/** Minimum time that a write can wait for a lock, even if it waited long before. */
const LOCK_PATIENCE_MIN_MS = 500;

/** How a write waits for its turn. */
export interface WriteWait {
  /** When the caller began to wait, by `performance.now()`; default: now. */
  readonly since_ms?: number;
  /**
   * Key of a queue. Writes with the same key run one after the other, so that one long lock uses only one connection.
   */
  readonly line?: string;
}

/**
 * Runs work in a write transaction, again if it lost a race (see inTransaction). At most `WRITERS_MAX` writers use a
 * connection at once; the others wait without one.
 *
 * @param work can run several times, so it must change nothing except the database
 * @throws Problem 503 if its turn did not come in time; also errors of the work
 */
export async function inWriteTransaction<T>(
  source: DataSource,
  work: (runner: QueryRunner) => Promise<T>,
  { since_ms = performance.now(), line }: WriteWait = {},
): Promise<T> {
  const { writers, writersByUser } = writersOf(source);
  const writeWhenFree = (): Promise<T> => writers.take(() => write(source, work, since_ms), leftOf(since_ms));
  try {
    return await (line === undefined
      ? writeWhenFree()
      : writersByUser.take(line, writeWhenFree, leftOf(since_ms)));
  } catch (error) {
    throw error instanceof SemaphoreTimeout ? tooManyWriters() : error;
  }
}

async function write<T>(
  source: DataSource,
  work: (runner: QueryRunner) => Promise<T>,
  since_ms: number,
): Promise<T> {
  const runner = source.createQueryRunner();
  try {
    return await inTransaction(runner, async () => {
      const left_ms = leftOf(since_ms);
      if (left_ms < PATIENCE_MS - WAIT_TO_COUNT_MS) {
        await runner.query(`SET LOCAL lock_timeout = ${Math.ceil(Math.max(left_ms, LOCK_PATIENCE_MIN_MS))}`);
      }
      return work(runner);
    });
  } finally {
    await runner.release();
  }
}

interface Writers {
  readonly writers: Semaphore;
  readonly writersByUser: KeyedMutex;
}

const WRITERS = new WeakMap<DataSource, Writers>();

function writersOf(source: DataSource): Writers {
  const known = WRITERS.get(source);
  if (known !== undefined) return known;
  const writers = { writers: new Semaphore(WRITERS_MAX), writersByUser: new KeyedMutex() };
  WRITERS.set(source, writers);
  return writers;
}

function leftOf(since_ms: number): number {
  return PATIENCE_MS - (performance.now() - since_ms);
}

function tooManyWriters(): Problem {
  return new Problem(
    HTTP_PROBLEMS.UNAVAILABLE,
    'The request waited 10 s for other changes. Nothing was changed. Send the request again.',
    { headers: { 'Retry-After': '2' } },
  );
}
