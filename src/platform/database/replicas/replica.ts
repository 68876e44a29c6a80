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

/** Why the primary served a read that was meant for a replica. */
export type Obstacle = 'behind' | 'unreachable' | 'conflict';

/** One streaming replica: whether reads can use it now, and how many it has served. */
export class Replica {
  private readonly logger = new Logger(Replica.name);
  private opening: Promise<DataSource> | null = null;
  /** Why reads do not use it, in the words of the log; null if reads use it. */
  private complaint: string | null = 'was not checked yet';
  private timeline = 0;
  private caughtUpAt_ms = performance.now();
  private behind_bytes = 0;
  /** Number of reads that it served. */
  reads = 0;
  /** Number of reads that the primary served instead, by reason. */
  readonly fallbacks: Record<Obstacle, number> = { behind: 0, unreachable: 0, conflict: 0 };

  /**
   * @param number its position in DATABASE_REPLICA_URLS, from 1; metrics use it as the name, because they are public
   * @param primary the DataSource that it shares entities with
   * @param lock the statement that must come before a snapshot
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

  /** WAL of the primary that it had not replayed at the last check. */
  get lag_bytes(): number {
    return this.behind_bytes;
  }

  /** Seconds since it last contained everything that the primary had written; 0 if it does now. */
  get lag_seconds(): number {
    return this.isUsable ? 0 : (performance.now() - this.caughtUpAt_ms) / 1_000;
  }

  /**
   * Reads from a snapshot that contains everything up to the position.
   *
   * @throws ReplicaBehind, and errors of the connection and of `work`
   */
  async read<T>(position: PrimaryPosition, lend: Lend, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    const source = await this.open();
    const result = await lend(source, (runner) => replicaSnapshotOn(runner, this.lock, position, work));
    this.reads += 1;
    return result;
  }

  /**
   * Whether it is usable and on the timeline of the position: after a failover it must follow the new primary first.
   */
  follows({ timeline }: PrimaryPosition): boolean {
    return this.isUsable && this.timeline === timeline;
  }

  /** Counts a read that the primary served instead. Reads do not use the replica again until `look` finds it usable. */
  failed(obstacle: Obstacle, error: unknown): void {
    this.fallbacks[obstacle] += 1;
    const what = error instanceof Error ? error.message : String(error);
    // A conflict with replay ends one query; the next query can succeed.
    if (obstacle === 'conflict')
      this.logger.warn(`The replica at ${this.name} ended a report (${what}); the primary serves it.`);
    else this.judge(obstacle === 'behind' ? 'is behind' : `cannot be reached (${what})`);
  }

  /** Checks whether reads can use it. Never throws. */
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

  /** Connects on first use, because the replica may be unreachable when the service starts. */
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

  /** Host for the log, which is not public. */
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
