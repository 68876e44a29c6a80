import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { IMPORT_LOCK } from '../../credits/index.js';
import { inTransaction } from '../../platform/database/index.js';
import { addToRollups, DELETE_EMPTIED, GROUP_BY_SORTING } from './rollup-rows.js';

/** Deltas that one transaction moves: about a second of work where each goes to places of its own. */
const DELTAS_PER_RUN = 20_000;
/** Names the right to write rollups; a number of this service's own. */
const COMPACTION_LOCK = 7_302_060;
/** As much of deltas, dead ones included, may wait for the end of an import: reading it costs a report 10 to 30 ms. */
const WAITING_MAX_BYTES = 32 * 1024 * 1024;

/** Moves deltas into the rollups, so that few are left for reports to read through. */
@Injectable()
export class Compaction {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Whether what is to be moved had better wait: an import is recording in some process, to which the same processors are
   * of more use, and what it leaves behind is not yet so much that reports would feel it.
   */
  async canWait(): Promise<boolean> {
    const [deltas] = await this.dataSource.query<{ canWait: boolean }[]>(
      `SELECT pg_relation_size('revenue_deltas') < $2
              AND CASE WHEN pg_try_advisory_lock($1) THEN NOT pg_advisory_unlock($1) ELSE true END AS "canWait"`,
      [IMPORT_LOCK, WAITING_MAX_BYTES],
    );
    return deltas?.canWait === true;
  }

  /**
   * Moves some deltas, in one transaction: before and after it, rollups and deltas add up to the same.
   *
   * @returns whether there may be more to do; not where another process is at it
   */
  async moveSome(): Promise<boolean> {
    const runner = this.dataSource.createQueryRunner();
    try {
      return await inTransaction(runner, () => moveIn(runner.manager));
    } finally {
      await runner.release();
    }
  }
}

async function moveIn(manager: EntityManager): Promise<boolean> {
  const [lock] = await manager.query<{ isMine: boolean }[]>(
    'SELECT pg_try_advisory_xact_lock($1) AS "isMine"',
    [COMPACTION_LOCK],
  );
  if (lock?.isMine !== true) return false;
  await manager.query(GROUP_BY_SORTING);
  const [moved] = await manager.query<{ deltas: string }[]>(MOVE_DELTAS, [DELTAS_PER_RUN]);
  const deltas = Number(moved?.deltas ?? 0);
  if (deltas > 0) await manager.query(DELETE_EMPTIED);
  return deltas === DELTAS_PER_RUN;
}

/** By their physical places, as they have no key: nobody else deletes them, and nobody changes them. */
const MOVE_DELTAS = `
  WITH moved AS (
    DELETE FROM revenue_deltas WHERE ctid = ANY (ARRAY(SELECT ctid FROM revenue_deltas LIMIT $1)) RETURNING *
  ), added AS (${addToRollups('moved')})
  SELECT count(*) AS deltas FROM moved`;
