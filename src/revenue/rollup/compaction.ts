import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { IMPORT_LOCK } from '../../credits/index.js';
import { inTransaction } from '../../platform/database/index.js';
import { addToRollups, DELETE_EMPTIED, GROUP_BY_SORTING } from './rollup-rows.js';

/**
 * Deltas that one transaction moves: many that wait come to the same sums or to neighbours of them, so that moving all at once changes
 * fewer rows, and finds more of their pages at hand, than moving them bit by bit.
 */
const DELTAS_PER_RUN = { first: 60_000, most: 240_000, least: 5_000 };
/** What a run takes: a quicker one lets the next move more, a slower one less. A statement may take 30 s. */
const RUN_MS = { quick: 2_500, slow: 7_500 };
/** Names the right to write rollups; a number of this service's own. */
const COMPACTION_LOCK = 7_302_060;
/** As many deltas may wait for the end of an import: reading them costs a report 10 to 30 ms. */
const WAITING_MAX = 240_000;

/** Moves deltas into the rollups, so that few are left for reports to read through. */
@Injectable()
export class Compaction {
  private deltasPerRun = DELTAS_PER_RUN.first;

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Whether what is to be moved had better wait: an import is recording in some process, to which the same processors are
   * of more use, and what it leaves behind is not yet so much that reports would feel it.
   */
  async canWait(): Promise<boolean> {
    const [deltas] = await this.dataSource.query<{ canWait: boolean }[]>(
      `SELECT CASE WHEN pg_try_advisory_lock($1) THEN NOT pg_advisory_unlock($1)
                   ELSE (SELECT count(*) FROM (SELECT FROM revenue_deltas LIMIT $2) AS waiting) < $2 END AS "canWait"`,
      [IMPORT_LOCK, WAITING_MAX],
    );
    return deltas?.canWait === true;
  }

  /**
   * Moves some deltas, in one transaction: before and after it, rollups and deltas add up to the same. Where it fails or takes
   * long, as on a busy machine, fewer are moved next time.
   *
   * @returns whether there may be more to do; not where another process is at it
   */
  async moveSome(): Promise<boolean> {
    const { most, least } = DELTAS_PER_RUN;
    const start_ms = performance.now();
    const runner = this.dataSource.createQueryRunner();
    try {
      const mayBeMore = await inTransaction(runner, () => moveIn(this.deltasPerRun, runner.manager));
      const took_ms = performance.now() - start_ms;
      if (took_ms > RUN_MS.slow) this.deltasPerRun = Math.max(Math.floor(this.deltasPerRun / 2), least);
      // Only a run that was full tells what a larger one would take.
      else if (mayBeMore && took_ms < RUN_MS.quick) this.deltasPerRun = Math.min(this.deltasPerRun * 2, most);
      return mayBeMore;
    } catch (error) {
      this.deltasPerRun = Math.max(Math.floor(this.deltasPerRun / 4), least);
      throw error;
    } finally {
      await runner.release();
    }
  }
}

async function moveIn(deltasAtMost: number, manager: EntityManager): Promise<boolean> {
  const [lock] = await manager.query<{ isMine: boolean }[]>(
    'SELECT pg_try_advisory_xact_lock($1) AS "isMine"',
    [COMPACTION_LOCK],
  );
  if (lock?.isMine !== true) return false;
  await manager.query(GROUP_BY_SORTING);
  const [moved] = await manager.query<{ deltas: string }[]>(MOVE_DELTAS, [deltasAtMost]);
  const deltas = Number(moved?.deltas ?? 0);
  if (deltas > 0) await manager.query(DELETE_EMPTIED);
  return deltas === deltasAtMost;
}

/** By their physical places, as they have no key: nobody else deletes them, and nobody changes them. */
const MOVE_DELTAS = `
  WITH moved AS (
    DELETE FROM revenue_deltas WHERE ctid = ANY (ARRAY(SELECT ctid FROM revenue_deltas LIMIT $1)) RETURNING *
  ), added AS (${addToRollups('moved')})
  SELECT count(*) AS deltas FROM moved`;
