import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { amongFreshTables, FRESH_SCHEMA, FreshTables } from '../../platform/database/fresh-tables.js';
import { CLOSING_LOCK } from '../../variables/index.js';
import { PROJECTION_TABLES } from '../accounts/projection-tables.js';
import { addEmptyAccounts, correctAccounts, countStale, foldStale } from './catch-up.js';
import { foldShares } from './fold-shares.js';
import { foldVersion } from './fold-version.js';
import { markChangedDeployments, markLastChangedDeployments } from './marks.js';
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

/** Receives the progress of a phase: folded entries, created indexes, or changed users that were folded again. */
export type RebuildProgress = (
  phase: 'folding' | 'indexing' | 'catching up',
  done: number,
  all: number,
) => void;

export interface RebuildSettings {
  /** Number of shares that are folded at once. */
  readonly workers: number;
  readonly onProgress: RebuildProgress;
  /** Tables that are derived from the projections, and the statements that fill them while they are empty. */
  readonly derived: { readonly tables: readonly string[]; readonly fills: readonly string[] };
}

const ACCOUNTS = PROJECTION_TABLES.accounts.name;
const PROJECTION_NAMES = Object.values(PROJECTION_TABLES).map(({ name }) => name);

/**
 * The projection that reports read by index-only scans, which need VACUUM. The others are read by key; autovacuum
 * handles them after the swap, because VACUUM of a table that was just filled writes to each of its blocks.
 */
const READ_BY_INDEX = PROJECTION_TABLES.deployments.name;

/** Maximum size of a share. The database sorts a share, so this limits the memory and disk of the sort. */
const ENTRIES_PER_SHARE_MAX = 3_000_000;
/** Number of fills, VACUUMs and index builds that run at once. */
const LANES = 2;
/** So few users can be folded while writers wait. */
const STALE_USERS_MAX = 50;
/** Shorter than PostgreSQL's deadlock_timeout, so that a deadlock ends the rebuild's attempt and never a writer. */
const LOCK_TIMEOUT_MS = 800;
const LOCK_PAUSE_MS = { first: 200, last: 10_000 };
const LOCK_NOT_AVAILABLE = '55P03';
const DEADLOCK = '40P01';

/**
 * Computes all projections again in tables of their own, while the service uses the old ones, and then swaps the
 * tables: docs/decisions/0013-rebuild-into-fresh-tables.md.
 */
export class ProjectionRebuild {
  private constructor(
    private readonly ownerUrl: string,
    private readonly client: Client,
    private readonly tables: FreshTables,
    private readonly settings: RebuildSettings,
  ) {}

  /**
   * @param client a session of the owner that has the rebuild's lock
   * @returns the numbers of users, entries and deployments at the swap
   */
  static async run(ownerUrl: string, client: Client, settings: RebuildSettings): Promise<RunCounts> {
    await client.query('INSERT INTO credit_accounts (user_id) SELECT id FROM users ON CONFLICT DO NOTHING');
    const tables = await FreshTables.of(client, [...PROJECTION_NAMES, ...settings.derived.tables]);
    const rebuild = new ProjectionRebuild(ownerUrl, client, tables, settings);
    await rebuild.beginOrResume();
    await rebuild.fold();
    await rebuild.index();
    await rebuild.catchUp();
    return rebuild.swapWithMarks();
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
   * Runs VACUUM or ANALYZE on each projection while it has no indexes, then creates its indexes. The table for
   * index-only scans comes first, because the first reader of a fresh table writes to each block, to mark its rows as
   * committed.
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
      const runStep = async (work: LaneWork, position: QueuePosition): Promise<void> => {
        await lanes.run(work, position);
        settings.onProgress('indexing', (steps += 1), all);
      };
      const readable = lanes.run((lane) => tables.maintain(READ_BY_INDEX, 'VACUUM', lane), 'first');
      const filled = readable.then(() =>
        Promise.all(fills.map((fill) => runStep((lane) => fillOnce(lane, fill), 'first'))),
      );
      const complete = async ({ table, indexes }: (typeof missing)[number]): Promise<void> => {
        const isDerived = settings.derived.tables.includes(table);
        // Derived tables are filled last and have the largest index.
        const position = isDerived ? 'first' : 'last';
        if (isDerived) await filled;
        else if (table === READ_BY_INDEX) await readable;
        else await lanes.run((lane) => tables.maintain(table, 'ANALYZE', lane), position);
        await Promise.all(indexes.map((index) => runStep((lane) => lane.query(index), position)));
      };
      await Promise.all([filled, ...missing.map(complete)]);
    });
    await tables.attachKeys();
    await addEmptyAccounts(client);
    await this.flushed(() => tables.attachTriggers());
    // Only after the flush of the previous transaction. There are no dead rows, so VACUUM does not scan the indexes.
    for (const table of settings.derived.tables) await tables.maintain(table, 'VACUUM', client);
  }

  /**
   * Runs `work` in a transaction that flushes the log at its end, including all earlier commits. The lanes commit
   * without waiting for the disk, but VACUUM marks a row as visible to all only if the log is on disk up to the row's
   * commit, and if no snapshot is older than the row.
   */
  private flushed(work: () => Promise<unknown>): Promise<void> {
    return inOneTransaction(this.client, 'READ COMMITTED', async () => {
      await this.client.query('SET LOCAL synchronous_commit = on');
      await work();
    });
  }

  /**
   * Folds users again whose accounts changed meanwhile. It ends when writers can wait for the remaining users, or when
   * a round does not at least halve their number, because they then change as fast as they are folded.
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

  /**
   * No closing begins between the marks and the swap: it would state the old rows, and take the marks for changes that it
   * has seen.
   */
  private async swapWithMarks(): Promise<RunCounts> {
    const { client } = this;
    await client.query('SELECT pg_advisory_lock_shared($1)', [CLOSING_LOCK]);
    try {
      await inOneTransaction(client, 'REPEATABLE READ', () => markChangedDeployments(client));
      return await this.swap();
    } finally {
      await client.query('SELECT pg_advisory_unlock_shared($1)', [CLOSING_LOCK]).catch(() => {}); // it ends with the session
    }
  }

  /** Tries to lock the tables, each time only briefly, until no transaction uses them. */
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

  /** `credit_accounts` is not swapped, because transactions lock its rows; its figures are updated instead. */
  private swappedNames(): string[] {
    return [...PROJECTION_NAMES.filter((name) => name !== ACCOUNTS), ...this.settings.derived.tables];
  }

  private async swapLocked(): Promise<RunCounts> {
    const { client } = this;
    await client.query(`SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}`);
    // All writers lock an account first, so there are no writes from here on. Readers are not blocked.
    await client.query(`LOCK TABLE ${ACCOUNTS} IN EXCLUSIVE MODE`);
    await foldStale(client);
    await markLastChangedDeployments(client);
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
    await client.query('ROLLBACK').catch(() => {}); // the connection can be closed; the caller gets the first error
    throw error;
  }
}
