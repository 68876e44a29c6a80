import type { PoolClient } from 'pg';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { SWAP_GATE } from '../../../migrations/index.js';
import { lendBriefly } from './lend.js';

/**
 * Comes before the statement that takes a snapshot, and takes none itself. A rebuild puts fresh tables in the place of
 * old ones, which an earlier snapshot would find empty: this makes it wait until the transaction has ended.
 */
export const LOCK_SWAP_GATE = `LOCK TABLE ${SWAP_GATE} IN ACCESS SHARE MODE`;

/** One moment of the database: every statement of it sees the same rows, whatever is written meanwhile. */
export interface Snapshot {
  /** For TypeORM's repositories. */
  readonly manager: EntityManager;
  /** For named statements, cursors and COPY. */
  readonly client: PoolClient;
  /** All that was committed by then is seen; PostgreSQL's text of a timestamptz. */
  readonly takenAt: string;
}

/** Reads from one snapshot, on a connection of the pool. */
export function inSnapshot<T>(dataSource: DataSource, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  return lendBriefly(dataSource, (runner) => snapshotOn(runner, work));
}

/** Reads from one snapshot, on the connection of a runner that is in no transaction. */
export async function snapshotOn<T>(
  runner: QueryRunner,
  work: (snapshot: Snapshot) => Promise<T>,
): Promise<T> {
  const client = (await runner.connect()) as PoolClient;
  try {
    const takenAt = await begin(client);
    return await work({ manager: runner.manager, client, takenAt });
  } finally {
    // Also where it could not begin: the connection goes back to its pool. Nothing was written, so nothing can be lost.
    await client.query('ROLLBACK').catch(() => {});
  }
}

/** One round trip: the snapshot is taken by the last statement, after the time of the message that brought them all. */
async function begin(client: PoolClient): Promise<string> {
  const results = (await client.query(
    `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ${LOCK_SWAP_GATE}; SELECT statement_timestamp() AS now`,
  )) as unknown as { rows: { now: string }[] }[];
  return results[2]?.rows[0]?.now as string;
}
