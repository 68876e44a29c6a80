import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { inTransaction } from '../../platform/database/index.js';
import { addToRollups, DELETE_EMPTIED } from './rollup-rows.js';

/** Deltas that one transaction moves: about a second of work where each goes to places of its own. */
const DELTAS_PER_RUN = 20_000;
/** Names the right to write rollups; a number of this service's own. */
const COMPACTION_LOCK = 7_302_060;

/** Moves deltas into the rollups, so that few are left for reports to read through. */
@Injectable()
export class Compaction {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

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
