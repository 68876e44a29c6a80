import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { SCHEMA } from '../migrations/index.js';
import { joinEmbedded } from '../src/platform/database/embedded/index.js';
import { migrate } from '../src/platform/database/migrate.js';
import { loadLedger } from './dataset/load.js';
import type { Shape } from './dataset/shape.js';
import { runCli } from './service-process.js';
import { say } from './terminal.js';

interface Closing {
  /** Its folder goes too. */
  readonly remove: boolean;
}

type Embedded = Awaited<ReturnType<typeof joinEmbedded>>;

const opened = new Set<BenchDatabase>();

/** An embedded database of the bench's own, in a folder, kept running until it is closed. */
export class BenchDatabase {
  static async open(folder: string): Promise<BenchDatabase> {
    mkdirSync(folder, { recursive: true });
    const embedded = await joinEmbedded(folder, () => {});
    await migrate(embedded.ownerUrl, new URL(embedded.serviceUrl).username, SCHEMA);
    const owner = new Client({ connectionString: embedded.ownerUrl });
    await owner.connect();
    return new BenchDatabase(folder, embedded, owner);
  }

  /** @param owner a connection that may do everything but what the ledger forbids */
  private constructor(
    readonly folder: string,
    private readonly embedded: Embedded,
    readonly owner: Client,
  ) {
    opened.add(this);
  }

  /** Ends all that are still open. */
  static async closeAll(closing: Closing): Promise<void> {
    await Promise.all([...opened].map((database) => database.close(closing)));
  }

  get serviceUrl(): string {
    return this.embedded.serviceUrl;
  }

  /** One that holds a data set: the folder's own where it is that one, else a new one in its place. */
  static async filled(folder: string, shape: Shape): Promise<BenchDatabase> {
    const mark = join(folder, 'data-set.json');
    const isThere = existsSync(mark) && readFileSync(mark, 'utf8') === JSON.stringify(shape);
    if (!isThere) rmSync(folder, { recursive: true, force: true });
    const database = await BenchDatabase.open(folder);
    if (isThere) return database;
    try {
      await database.fill(shape);
    } catch (error) {
      await database.close({ remove: true });
      throw error;
    }
    writeFileSync(mark, JSON.stringify(shape));
    return database;
  }

  private async fill(shape: Shape): Promise<void> {
    const began = performance.now();
    say(`${shape.deployments} deployments: writing the ledger`);
    await loadLedger(this.owner, shape);
    const loaded = performance.now();
    say(`ledger written in ${((loaded - began) / 1000).toFixed(1)} s; folding it (npm run cli -- rebuild)`);
    const { seconds } = await runCli(this.folder, ['rebuild']);
    say(`rebuilt in ${seconds.toFixed(1)} s; VACUUM ANALYZE, as autovacuum would in time`);
    await this.owner.query('VACUUM ANALYZE');
  }

  async close({ remove }: Closing): Promise<void> {
    if (!opened.delete(this)) return;
    await this.owner.end();
    await this.embedded.leave();
    if (remove) rmSync(this.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
