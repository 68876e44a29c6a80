import type { EntityManager } from 'typeorm';
import type { ClosedUntil } from '../domain/index.js';
import { epochMicrosOf } from '../platform/database/index.js';
import { Problem } from '../platform/problem/index.js';
import { CLOSED_PROBLEMS } from './variables.problems.js';

/** The closed months, which no change of the share touches. */
export interface ClosedMonths {
  /** The end of the last closed month; null: no month is closed. */
  readonly until: ClosedUntil;
  /** IANA name of the zone of the closings; null: no month is closed. */
  readonly timeZone: string | null;
}

/**
 * Advisory lock of closings, which hold it from beginning to end. Changes that a closing must not meet take it in shared
 * mode.
 */
export const CLOSING_LOCK = 7_105_720;

/**
 * Reads what is closed.
 *
 * @param manager of the transaction that changes the share
 */
export async function closedMonths(manager: EntityManager): Promise<ClosedMonths> {
  const [last] = await manager.query<{ until: string; timeZone: string }[]>(
    `SELECT ${epochMicrosOf('ends_at')} AS until, time_zone AS "timeZone"
       FROM closings ORDER BY starts_at DESC LIMIT 1`,
  );
  return last === undefined
    ? { until: null, timeZone: null }
    : { until: BigInt(last.until), timeZone: last.timeZone };
}

/**
 * Keeps closings from beginning until the end of the transaction.
 *
 * @throws Problem STATEMENTS.CLOSING_UNDER_WAY
 */
export async function holdOffClosings(manager: EntityManager): Promise<void> {
  const [lock] = await manager.query<{ isFree: boolean }[]>(
    'SELECT pg_try_advisory_xact_lock_shared($1) AS "isFree"',
    [CLOSING_LOCK],
  );
  if (lock?.isFree === true) return;
  throw new Problem(
    CLOSED_PROBLEMS.CLOSING_UNDER_WAY,
    'A month is being closed. Send the request again when the closing has ended.',
  );
}
