import { Logger } from '@nestjs/common';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { replicaOptions } from '../connection-options.js';
import { exactDataSource } from '../exact-data-source.js';
import type { Snapshot } from '../snapshot.js';
import { lendBriefly, type Lend } from '../lend.js';
import type { PrimaryPosition } from './primary-position.js';
import { ReplicaBehind, replicaSnapshotOn } from './replica-snapshot.js';
import { serverIdentity, whyNoReplica, type ServerIdentity } from './server-identity.js';

/** Why a read that was to be a replica's went to the primary. */
export type Obstacle = 'behind' | 'unreachable' | 'conflict';

/** One streaming replica: whether it may be read from just now, and what it has served. */
export class Replica {
  private readonly logger = new Logger(Replica.name);
  private opening: Promise<DataSource> | null = null;
  /** Why it is not read from, in the words of the log; null: it is. */
  private complaint: string | null = 'was not looked at yet';
  private timeline = 0;
  private caughtUpAt_ms = performance.now();
  private behind_bytes = 0;
  /** Reads that it has answered. */
  reads = 0;
  /** Reads that the primary had to answer in its place, by reason. */
  readonly fallbacks: Record<Obstacle, number> = { behind: 0, unreachable: 0, conflict: 0 };

  /**
   * @param number its place in DATABASE_REPLICA_URLS, from 1: what metrics, which anybody may read, call it
   * @param primary whose entities it shares
   * @param lock the statement that comes before a snapshot
   */
  constructor(
    readonly number: number,
    private readonly url: string,
    private readonly primary: DataSource,
    private readonly lock: string,
  ) {}

  get isUsable(): boolean {
    return this.complaint === null;
  }

  /** What the primary has written and it has not replayed, when it was last looked at. */
  get lag_bytes(): number {
    return this.behind_bytes;
  }

  /** How long ago it was last seen to hold all that the primary had written; 0 where that is so now. */
  get lag_seconds(): number {
    return this.isUsable ? 0 : (performance.now() - this.caughtUpAt_ms) / 1_000;
  }

  /**
   * Reads from a snapshot that holds everything up to the position.
   *
   * @throws ReplicaBehind, and what the connection or `work` throws
   */
  async read<T>(position: PrimaryPosition, lend: Lend, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    const source = await this.open();
    const result = await lend(source, (runner) => replicaSnapshotOn(runner, this.lock, position, work));
    this.reads += 1;
    return result;
  }

  /** Whether a place of this history can be found on it: after a failover it has to have followed the new primary. */
  follows({ timeline }: PrimaryPosition): boolean {
    return this.isUsable && this.timeline === timeline;
  }

  /** Counts a read that went to the primary instead, and is not read from until `look` finds it well. */
  failed(obstacle: Obstacle, error: unknown): void {
    this.fallbacks[obstacle] += 1;
    const what = error instanceof Error ? error.message : String(error);
    // A query that stood in the way of replaying is ended; the next one need not be.
    if (obstacle === 'conflict')
      this.logger.warn(`The replica at ${this.name} ended a report (${what}); it is read from the primary.`);
    else this.judge(obstacle === 'behind' ? 'is behind' : `cannot be reached (${what})`);
  }

  /** Looks whether it may be read from. Never throws. */
  async look(position: PrimaryPosition, primary: ServerIdentity): Promise<void> {
    try {
      this.judge(await this.complaintOf(position, primary));
    } catch (error) {
      this.judge(`cannot be reached (${(error as Error).message})`);
    }
  }

  async close(): Promise<void> {
    await (await this.opening?.catch(() => null))?.destroy();
  }

  private async complaintOf(position: PrimaryPosition, primary: ServerIdentity): Promise<string | null> {
    const source = await this.open();
    return lendBriefly(source, async (runner) => {
      const client = (await runner.connect()) as PoolClient;
      const found = await serverIdentity(client);
      const complaint = whyNoReplica(found, primary);
      if (complaint !== null) return complaint;
      this.timeline = found.timeline;
      if (found.timeline !== position.timeline) return 'has not followed the primary to its new timeline';
      try {
        await replicaSnapshotOn(runner, this.lock, position, () => Promise.resolve());
      } catch (error) {
        if (!(error instanceof ReplicaBehind)) throw error;
        this.behind_bytes = await replayLag(client, position);
        return 'is behind';
      }
      this.behind_bytes = 0;
      this.caughtUpAt_ms = performance.now();
      return null;
    });
  }

  private judge(complaint: string | null): void {
    if (complaint === this.complaint) return;
    if (complaint === null) this.logger.log(`Reports are read from the replica at ${this.name}.`);
    else this.logger.warn(`The replica at ${this.name} ${complaint}; reports are read from the primary.`);
    this.complaint = complaint;
  }

  /** Late, as it may be out of reach when the service starts. */
  private open(): Promise<DataSource> {
    this.opening ??= exactDataSource({
      ...replicaOptions(this.url),
      entities: this.primary.options.entities,
    })
      .initialize()
      .catch((error: unknown) => {
        this.opening = null;
        throw error;
      });
    return this.opening;
  }

  /** For the log, which names servers. */
  private get name(): string {
    return new URL(this.url).host;
  }
}

async function replayLag(client: PoolClient, { lsn }: PrimaryPosition): Promise<number> {
  const { rows } = await client.query<{ lag_bytes: string }>(
    'SELECT greatest(pg_wal_lsn_diff($1, pg_last_wal_replay_lsn()), 0)::bigint AS lag_bytes',
    [lsn],
  );
  return Number(rows[0]?.lag_bytes);
}
