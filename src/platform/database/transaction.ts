import type { QueryRunner } from 'typeorm';
import { isSurelyUndone, OutcomeUnknown } from '../http/database-failure.js';

/** serialization_failure, deadlock_detected: the client should retry (PostgreSQL's manual, 13.5). */
const TRY_AGAIN = new Set(['40001', '40P01']);
const UNIQUE_VIOLATION = '23505';
const ATTEMPTS_MAX = 5;

/**
 * Runs work in a transaction of the runner's connection. It runs the work again if PostgreSQL asks for a retry, or if
 * another process recorded the same id first: the work then sees that row and decides again.
 *
 * @param work can run several times, so it must change nothing except the database
 * @throws OutcomeUnknown if it is unknown whether the COMMIT succeeded; also errors of the work
 */
export async function inTransaction<T>(runner: QueryRunner, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    await runner.startTransaction();
    try {
      const result = await work();
      await commit(runner);
      return result;
    } catch (error) {
      // The connection may be lost; the error of the work is the one to report.
      await runner.rollbackTransaction().catch(() => {});
      if (attempt === ATTEMPTS_MAX || !isLostRace(error)) throw error;
    }
  }
}

/**
 * Commits the runner's transaction.
 *
 * @throws OutcomeUnknown if it is unknown whether the COMMIT succeeded
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
