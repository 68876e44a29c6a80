import type { QueryRunner } from 'typeorm';
import { isSurelyUndone, OutcomeUnknown } from '../http/database-failure.js';

/** serialization_failure, deadlock_detected: PostgreSQL asks to try again (its manual, 13.5). */
const TRY_AGAIN = new Set(['40001', '40P01']);
const UNIQUE_VIOLATION = '23505';
const ATTEMPTS_MAX = 5;

/**
 * Runs work in a transaction of the runner's connection, again where PostgreSQL asks for it or where another process
 * recorded the same id first: the work then sees that row and decides anew.
 *
 * @param work may run several times, so it must not change anything but the database
 * @throws OutcomeUnknown where the database has not said what became of the COMMIT, and what the work throws
 */
export async function inTransaction<T>(runner: QueryRunner, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    await runner.startTransaction();
    try {
      const result = await work();
      await commit(runner);
      return result;
    } catch (error) {
      // The connection may be gone; the error that matters is the one of the work.
      await runner.rollbackTransaction().catch(() => {});
      if (attempt === ATTEMPTS_MAX || !isLostRace(error)) throw error;
    }
  }
}

/**
 * Commits the runner's transaction.
 *
 * @throws OutcomeUnknown where the database has not said what became of it
 */
export async function commit(runner: QueryRunner): Promise<void> {
  try {
    await runner.commitTransaction();
  } catch (error) {
    throw isSurelyUndone(error) ? error : new OutcomeUnknown(error);
  }
}

function isLostRace(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && (TRY_AGAIN.has(code) || code === UNIQUE_VIOLATION);
}
