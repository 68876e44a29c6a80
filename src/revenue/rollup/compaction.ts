import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { IMPORT_LOCK } from '../../credits/index.js';
import { inTransaction } from '../../platform/database/index.js';
import { addToRollups, DELETE_EMPTIED, GROUP_BY_SORTING } from './rollup-rows.js';

/**
 * Deltas that one transaction moves. Many deltas add to the same or to neighbouring rollups, so one large step changes
 * fewer rows, and reads fewer pages from disk, than many small ones.
 */
const DELTAS_PER_RUN = { first: 60_000, most: 240_000, least: 5_000 };
/**
 * Limits of the duration of a step: after a faster one the next step is larger, after a slower one it is smaller. A
 * statement can take 30 s.
 */
const RUN_MS = { quick: 2_500, slow: 7_500 };
/** Advisory lock for writing rollups; the number is unique in this service. */
const COMPACTION_LOCK = 7_302_060;
/** Most deltas that can wait for the end of an import; reading them adds 10 to 30 ms to a report. */
const WAITING_MAX = 240_000;

/** Moves deltas into the rollups, so that reports have few deltas to read. */
@Injectable()
export class Compaction {
  private deltasPerRun = DELTAS_PER_RUN.first;

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Whether moving deltas should wait: an import is running in some process and needs the processors, and the deltas
   * are still too few to slow down reports.
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
   * Moves some deltas in one transaction. The sum of rollups and deltas is the same before and after it. If it fails or
   * takes long, as on a busy machine, the next step is smaller.
   *
   * @returns whether there may be more to move; false if another process is moving deltas
   */
  async moveSome(): Promise<boolean> {
    const { most, least } = DELTAS_PER_RUN;
    const start_ms = performance.now();
    const runner = this.dataSource.createQueryRunner();
    try {
      const mayBeMore = await inTransaction(runner, () => moveIn(this.deltasPerRun, runner.manager));
      const took_ms = performance.now() - start_ms;
      if (took_ms > RUN_MS.slow) this.deltasPerRun = Math.max(Math.floor(this.deltasPerRun / 2), least);
      // Only the duration of a full step shows how long a larger one would take.
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

/**
 * Selects deltas by ctid, because they have no key. This is safe: nothing else deletes deltas, and nothing updates
 * them.
 */
const MOVE_DELTAS = `
  WITH moved AS (
    DELETE FROM revenue_deltas WHERE ctid = ANY (ARRAY(SELECT ctid FROM revenue_deltas LIMIT $1)) RETURNING *
  ), added AS (${addToRollups('moved')})
  SELECT count(*) AS deltas FROM moved`;
