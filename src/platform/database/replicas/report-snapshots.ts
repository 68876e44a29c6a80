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

/** query_canceled: by its time limit or by us; it would fare no better on the primary. */
const CANCELLED = '57014';
/** What a standby answers to a query that keeps it from replaying (PostgreSQL's manual, 26.4.2). */
const CONFLICTS = new Set(['40001', '40P01']);

/**
 * Snapshots for what only reads: of a replica where one is configured and well, of the primary otherwise. Either holds
 * everything that was committed before it was asked for, through whatever process, so a caller finds its own writes.
 * What is decided about money is never read here: a decision locks what it reads.
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
   * @param work runs again, on the primary, where a replica fails in the middle of it
   * @param signal its abort frees the connection at once, in the middle of whatever the database is doing
   */
  read<T>(work: (snapshot: Snapshot) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const lend = signal === undefined ? lendBriefly : lendBrieflyUntil(signal);
    return this.run(lend, work, () => signal?.aborted !== true);
  }

  /**
   * As `read`, for work that sends one statement: that is a snapshot by itself, and takes no transaction around it.
   *
   * @param work is given the time of the snapshot where that is known before; null: it is the statement's own
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
   * Reads from one snapshot for as long as it takes; see withoutTimeLimits.
   *
   * @param work runs again as in `read`, until it calls `handOver`: before it gives anything away
   * @param signal its abort frees the connection at once, in the middle of whatever the database is doing
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

/** What keeps a replica from answering; null where the primary would answer the same. */
function obstacleIn(error: unknown): Obstacle | null {
  if (error instanceof ReplicaBehind) return 'behind';
  const { code } = (error ?? {}) as { readonly code?: unknown };
  const failure = databaseFailure(error);
  if ((failure !== 'unavailable' && failure !== 'busy') || code === CANCELLED) return null;
  return typeof code === 'string' && CONFLICTS.has(code) ? 'conflict' : 'unreachable';
}
