import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { amongFreshTables, FRESH_SCHEMA, FreshTables } from '../../platform/database/fresh-tables.js';
import { PROJECTION_TABLES } from '../accounts/projection-tables.js';
import { addEmptyAccounts, correctAccounts, countStale, foldStale } from './catch-up.js';
import { foldShares } from './fold-shares.js';
import { foldVersion } from './fold-version.js';
import { Lanes, type LaneWork, type QueuePosition } from './lanes.js';
import { placeNewest, prepareNewest } from './newest-deployments.js';
import {
  canResume,
  countsOf,
  doneFills,
  noteFill,
  noteRun,
  openShares,
  type RunCounts,
} from './rebuild-run.js';

/** Told how far a phase is: entries folded, indexes made, users that changed meanwhile. */
export type RebuildProgress = (
  phase: 'folding' | 'indexing' | 'catching up',
  done: number,
  all: number,
) => void;

export interface RebuildSettings {
  /** How many shares are folded at once. */
  readonly workers: number;
  readonly onProgress: RebuildProgress;
  /** Tables that are made of the projections, and the statements that fill them while they are empty. */
  readonly derived: { readonly tables: readonly string[]; readonly fills: readonly string[] };
}

const ACCOUNTS = PROJECTION_TABLES.accounts.name;
const PROJECTION_NAMES = Object.values(PROJECTION_TABLES).map(({ name }) => name);

/**
 * What reports read by index alone, derived tables beside. The others are found by their keys, and autovacuum comes to them after
 * the swap: VACUUM of what has just been filled writes to each of its blocks.
 */
const READ_BY_INDEX = PROJECTION_TABLES.deployments.name;

/** What one worker reads in one go, sorted by the database: a share of the memory and disk that a sort takes. */
const ENTRIES_PER_SHARE_MAX = 3_000_000;
/** Fills, VACUUMs and indexes that are made at once. */
const LANES = 2;
/** Few enough to be folded while writers wait. */
const STALE_USERS_MAX = 50;
/** Shorter than PostgreSQL's wait before it looks for a deadlock, so that it is never a writer who has to give way. */
const LOCK_PATIENCE_MS = 800;
const LOCK_PAUSE_MS = { first: 200, last: 10_000 };
const LOCK_NOT_AVAILABLE = '55P03';
const DEADLOCK = '40P01';

/**
 * Makes all projections anew in tables of their own, while everybody goes on with the old ones, and then puts them in
 * their place: docs/decisions/0013-rebuild-into-fresh-tables.md.
 */
export class ProjectionRebuild {
  private constructor(
    private readonly ownerUrl: string,
    private readonly client: Client,
    private readonly tables: FreshTables,
    private readonly settings: RebuildSettings,
  ) {}

  /**
   * @param client a session of the owner that holds the rebuild's lock
   * @returns what the ledger held at the swap
   */
  static async run(ownerUrl: string, client: Client, settings: RebuildSettings): Promise<RunCounts> {
    await client.query('INSERT INTO credit_accounts (user_id) SELECT id FROM users ON CONFLICT DO NOTHING');
    const tables = await FreshTables.of(client, [...PROJECTION_NAMES, ...settings.derived.tables]);
    const rebuild = new ProjectionRebuild(ownerUrl, client, tables, settings);
    await rebuild.beginOrResume();
    await rebuild.fold();
    await rebuild.index();
    await rebuild.catchUp();
    return rebuild.swap();
  }

  private async beginOrResume(): Promise<void> {
    const fingerprint = createHash('sha256')
      .update(this.tables.fingerprint)
      .update(foldVersion())
      .digest('hex');
    if (await canResume(this.client, fingerprint)) return;
    const { rows } = await this.client.query<{ entries: string }>(
      'SELECT coalesce(sum(entries), 0) AS entries FROM credit_accounts',
    );
    const perWorker = Math.ceil(Number(rows[0]?.entries) / this.settings.workers);
    await inOneTransaction(this.client, 'READ COMMITTED', async () => {
      await this.client.query(`DROP SCHEMA IF EXISTS ${FRESH_SCHEMA} CASCADE; CREATE SCHEMA ${FRESH_SCHEMA}`);
      await this.tables.create();
      await noteRun(this.client, fingerprint, Math.max(1, Math.min(perWorker, ENTRIES_PER_SHARE_MAX)));
      await prepareNewest(this.client);
    });
  }

  private async fold(): Promise<void> {
    const { workers, onProgress } = this.settings;
    const { rows } = await this.client.query<{ done: string; all: string }>(
      `SELECT (SELECT coalesce(sum(entries), 0) FROM ${FRESH_SCHEMA}.shares) AS done,
              (SELECT coalesce(sum(entries), 0) FROM credit_accounts) AS all`,
    );
    let done = Number(rows[0]?.done);
    const all = Math.max(done, Number(rows[0]?.all));
    onProgress('folding', done, all);
    await foldShares(this.ownerUrl, await openShares(this.client), workers, ({ entries }) => {
      done += entries;
      onProgress('folding', done, Math.max(done, all));
    });
  }

  /**
   * VACUUM or ANALYZE of each projection while it has no indexes to be gone through, then its indexes. What is read by index comes
   * first, before anybody reads it: whoever does writes to each block of a fresh table, to note that its rows are committed.
   */
  private async index(): Promise<void> {
    const { client, tables, ownerUrl, settings } = this;
    await this.flushed(() => placeNewest(client));
    const done = await doneFills(client);
    const fills = settings.derived.fills
      .map((sql, number) => ({ sql, number }))
      .filter(({ number }) => !done.has(number));
    const missing = await tables.missingIndexes();
    const all = fills.length + missing.reduce((sum, { indexes }) => sum + indexes.length, 0);
    let steps = 0;
    await Lanes.with(ownerUrl, LANES, async (lanes) => {
      const told = async (work: LaneWork, position: QueuePosition): Promise<void> => {
        await lanes.run(work, position);
        settings.onProgress('indexing', (steps += 1), all);
      };
      const readable = lanes.run((lane) => tables.maintain(READ_BY_INDEX, 'VACUUM', lane), 'first');
      const filled = readable.then(() =>
        Promise.all(fills.map((fill) => told((lane) => fillOnce(lane, fill), 'first'))),
      );
      const complete = async ({ table, indexes }: (typeof missing)[number]): Promise<void> => {
        const isDerived = settings.derived.tables.includes(table);
        // The last to be full, with the largest index.
        const position = isDerived ? 'first' : 'last';
        if (isDerived) await filled;
        else if (table === READ_BY_INDEX) await readable;
        else await lanes.run((lane) => tables.maintain(table, 'ANALYZE', lane), position);
        await Promise.all(indexes.map((index) => told((lane) => lane.query(index), position)));
      };
      await Promise.all([filled, ...missing.map(complete)]);
    });
    await tables.attachKeys();
    await addEmptyAccounts(client);
    await this.flushed(() => tables.attachTriggers());
    // Only now: the transaction before this flushed the log. No row is dead, so VACUUM does not go through the indexes.
    for (const table of settings.derived.tables) await tables.maintain(table, 'VACUUM', client);
  }

  /**
   * Runs `work` in a transaction that flushes the log at its end, with everything that was committed before. VACUUM marks
   * a row as seen by all only where no snapshot is older than the row and the log is on disk up to the row's commit, and the
   * lanes commit without waiting for the disk.
   */
  private flushed(work: () => Promise<unknown>): Promise<void> {
    return inOneTransaction(this.client, 'READ COMMITTED', async () => {
      await this.client.query('SET LOCAL synchronous_commit = on');
      await work();
    });
  }

  /**
   * Folds users again who were written to meanwhile, until so few are left that writers can wait for them, or a round
   * leaves half as many as the one before, which is what is written during a round.
   */
  private async catchUp(): Promise<void> {
    const all = await countStale(this.client);
    let before = Infinity;
    for (
      let stale = all;
      stale > STALE_USERS_MAX && stale * 2 <= before;
      stale = await countStale(this.client)
    ) {
      before = stale;
      this.settings.onProgress('catching up', Math.max(0, all - stale), all);
      await inOneTransaction(this.client, 'REPEATABLE READ', () => foldStale(this.client));
    }
  }

  /** Waits for a moment in which nobody is in the middle of something, and tries only briefly each time. */
  private async swap(): Promise<RunCounts> {
    for (let pause_ms = LOCK_PAUSE_MS.first; ; pause_ms = Math.min(pause_ms * 2, LOCK_PAUSE_MS.last)) {
      try {
        return await inOneTransaction(this.client, 'READ COMMITTED', () => this.swapLocked());
      } catch (error) {
        const { code } = error as { code?: unknown };
        if (code !== LOCK_NOT_AVAILABLE && code !== DEADLOCK) throw error;
      }
      await sleep(pause_ms);
      await this.catchUp();
    }
  }

  /** The accounts stay: everybody's locks are on them, so their figures are corrected instead. */
  private swappedNames(): string[] {
    return [...PROJECTION_NAMES.filter((name) => name !== ACCOUNTS), ...this.settings.derived.tables];
  }

  private async swapLocked(): Promise<RunCounts> {
    const { client } = this;
    await client.query(`SET LOCAL lock_timeout = ${LOCK_PATIENCE_MS}`);
    // Every writer locks an account first, so from here on nobody writes; readers go on.
    await client.query(`LOCK TABLE ${ACCOUNTS} IN EXCLUSIVE MODE`);
    await foldStale(client);
    await client.query(`LOCK TABLE ${this.swappedNames().join(', ')} IN ACCESS EXCLUSIVE MODE`);
    const counts = await countsOf(client);
    await this.tables.swapIn(this.swappedNames());
    await correctAccounts(client);
    await client.query(`DROP SCHEMA ${FRESH_SCHEMA} CASCADE`);
    return counts;
  }
}

async function fillOnce(client: Client, { sql, number }: { sql: string; number: number }): Promise<void> {
  await inOneTransaction(client, 'READ COMMITTED', async () => {
    await noteFill(client, number);
    await amongFreshTables(client, () => client.query(sql));
  });
}

async function inOneTransaction<T>(client: Client, isolation: string, work: () => Promise<T>): Promise<T> {
  await client.query(`BEGIN ISOLATION LEVEL ${isolation}`);
  try {
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {}); // the connection may be gone; the first error matters
    throw error;
  }
}
