import { setTimeout as sleep } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import type { ClosingMonth } from './closing-month.js';

/** Shorter than PostgreSQL's deadlock_timeout, so that a deadlock ends this attempt and never a writer. */
const LOCK_TIMEOUT_MS = 800;
const LOCK_PAUSE_MS = { first: 100, last: 5_000 };
const TRY_AGAIN = new Set(['55P03', '40P01']);

/** A closing that began: its row is committed. */
export interface ClosingRun {
  readonly run: number;
  /** The highest sequence of the ledger at that time. */
  readonly sequence: string;
}

/**
 * Notes that a closing began, while no writer runs, and opens the closing's snapshot at the same point of the ledger.
 * Writers wait meanwhile, for some milliseconds; those that come later see the row and mark what they change.
 *
 * @param beginSnapshot begins a transaction on the closing's own connection and takes its snapshot
 */
export async function beginRun(
  source: DataSource,
  month: ClosingMonth,
  beginSnapshot: () => Promise<void>,
): Promise<ClosingRun> {
  const runner = source.createQueryRunner();
  const client = (await runner.connect()) as PoolClient;
  try {
    for (let pause_ms = LOCK_PAUSE_MS.first; ; pause_ms = Math.min(pause_ms * 2, LOCK_PAUSE_MS.last)) {
      try {
        return await noteRun(client, month, beginSnapshot);
      } catch (error) {
        await client.query('ROLLBACK').catch(() => {}); // the caller gets the first error
        if (!TRY_AGAIN.has((error as { code?: string }).code ?? '')) throw error;
      }
      await sleep(pause_ms);
    }
  } finally {
    await runner.release();
  }
}

async function noteRun(
  client: PoolClient,
  { month, startsAt, endsAt, timeZone }: ClosingMonth,
  beginSnapshot: () => Promise<void>,
): Promise<ClosingRun> {
  await client.query(`BEGIN; SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}`);
  // Every writer of the ledger locks an account first.
  await client.query('LOCK TABLE credit_accounts IN EXCLUSIVE MODE');
  await beginSnapshot();
  const { rows } = await client.query<ClosingRun>(
    `INSERT INTO closing_runs (month, starts_at, ends_at, time_zone, sequence)
     VALUES ($1, $2, $3, $4, (SELECT coalesce(max(sequence), 0) FROM credit_entries)) RETURNING run, sequence`,
    [month, startsAt, endsAt, timeZone],
  );
  await client.query('COMMIT');
  return rows[0] as ClosingRun;
}
