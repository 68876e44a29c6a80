import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { PoolClient } from 'pg';
import { DataSource, type QueryRunner } from 'typeorm';
import { databaseFailure } from '../../http/database-failure.js';
import { Snapshots, type Snapshot } from '../snapshot.js';
import { lendAtLength, lendBriefly, lendBrieflyUntil, type Lend } from '../lend.js';
import { primaryPosition } from './primary-position.js';
import { ReplicaBehind } from './replica-snapshot.js';
import type { Obstacle } from './replica.js';
import { Replicas } from './replicas.js';

/** query_canceled: by its time limit or by the service. The primary would give the same result. */
const CANCELLED = '57014';
/** SQLSTATEs of a standby for a query that conflicts with replay (PostgreSQL's manual, 26.4.2). */
const CONFLICTS = new Set(['40001', '40P01']);

/**
 * Snapshots for reads: of a replica if one is configured and usable, otherwise of the primary. Both contain everything
 * that was committed before the read began, through any process, so callers see their own writes. Decisions about money
 * never use it, because they must lock what they read.
 */
@Injectable()
export class ReportSnapshots {
  constructor(
    @InjectDataSource() private readonly primary: DataSource,
    private readonly snapshots: Snapshots,
    private readonly replicas: Replicas,
  ) {}

  /**
   * Reads from one snapshot, within the time limits of requests.
   *
   * @param work runs again on the primary if a replica fails during it
   * @param signal aborting it frees the connection at once, even during a statement
   */
  read<T>(work: (snapshot: Snapshot) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const lend = signal === undefined ? lendBriefly : lendBrieflyUntil(signal);
    return this.run(lend, work, () => signal?.aborted !== true);
  }

  /**
   * Like `read`, for work that sends one statement: on the primary a single statement needs no transaction.
   *
   * @param work receives the time of the snapshot if it is known before; null means the statement must return it itself
   */
  readAtOnce<T>(work: (client: PoolClient, takenAt: string | null) => Promise<T>): Promise<T> {
    return this.run(
      lendBriefly,
      ({ client, takenAt }) => work(client, takenAt),
      () => true,
      async (runner) => work((await runner.connect()) as PoolClient, null),
    );
  }

  /**
   * Reads from one snapshot without time limits; see withoutTimeLimits.
   *
   * @param work runs again as in `read`, until it calls `handOver`, which it must do before it sends data to its reader
   * @param signal aborting it frees the connection at once, even during a statement
   */
  readAtLength<T>(
    work: (snapshot: Snapshot, handOver: () => void) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    let isHandedOver = false;
    const handOver = (): void => void (isHandedOver = true);
    return this.run(
      lendAtLength(signal),
      (snapshot) => work(snapshot, handOver),
      () => !isHandedOver && signal?.aborted !== true,
    );
  }

  private async run<T>(
    lend: Lend,
    work: (snapshot: Snapshot) => Promise<T>,
    mayRunAgain: () => boolean,
    onPrimary: (runner: QueryRunner) => Promise<T> = (runner) => this.snapshots.readOn(runner, work),
  ): Promise<T> {
    const position = this.replicas.anyIsUsable ? await primaryPosition(this.primary) : null;
    const replica = position === null ? null : this.replicas.next(position);
    if (position !== null && replica !== null) {
      try {
        return await replica.read(position, lend, work);
      } catch (error) {
        const obstacle = obstacleIn(error);
        if (obstacle === null || !mayRunAgain()) throw error;
        replica.failed(obstacle, error);
      }
    }
    return lend(this.primary, onPrimary);
  }
}

/** Why a replica could not answer; null if the primary would give the same error. */
function obstacleIn(error: unknown): Obstacle | null {
  if (error instanceof ReplicaBehind) return 'behind';
  const { code } = (error ?? {}) as { readonly code?: unknown };
  const failure = databaseFailure(error);
  if ((failure !== 'unavailable' && failure !== 'busy') || code === CANCELLED) return null;
  return typeof code === 'string' && CONFLICTS.has(code) ? 'conflict' : 'unreachable';
}
