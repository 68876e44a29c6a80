import { execFileSync } from 'node:child_process';
import { chownSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { SCHEMA } from '../../migrations/index.js';
import {
  addressOf,
  OWNER_ROLE,
  SERVICE_ROLE,
  SUPERUSER,
  withServer,
  type RunningServer,
} from '../../src/platform/database/embedded/index.js';
import { layoutOf } from '../../src/platform/database/embedded/layout.js';
import { processState } from '../../src/platform/database/embedded/process-state.js';
import { stopServer } from '../../src/platform/database/embedded/server.js';
import { migrate } from '../../src/platform/database/migrate.js';
import type { TestDatabase } from './database.js';
import { databaseFolder } from './test-cluster.js';

const DATABASE = 'pmr';

/** A PostgreSQL for one test, in a folder of its own. */
export class TestPostgres {
  private constructor(
    readonly folder: string,
    private server: RunningServer,
  ) {}

  static async start(folder: string): Promise<TestPostgres> {
    return new TestPostgres(folder, await runningServer(folder));
  }

  get serviceUrl(): string {
    return this.addressOf(SERVICE_ROLE, this.server.credentials.servicePassword);
  }

  get ownerUrl(): string {
    return this.addressOf(OWNER_ROLE, this.server.credentials.ownerPassword);
  }

  get superuserUrl(): string {
    return this.addressOf(SUPERUSER, this.server.credentials.superuserPassword);
  }

  /** The content of its log. */
  get log(): string {
    return readFileSync(this.server.layout.log, 'utf8');
  }

  get pid(): number {
    return this.server.postmaster.pid;
  }

  /** Runs statements as the superuser, each in its own transaction, and returns the rows of the last one. */
  async query<Row extends object>(...statements: string[]): Promise<Row[]> {
    const client = new Client({ connectionString: this.superuserUrl });
    await client.connect();
    try {
      let rows: Row[] = [];
      for (const statement of statements) ({ rows } = await client.query<Row>(statement));
      return rows;
    } finally {
      await client.end();
    }
  }

  /** Runs a statement in the service's database, as its owner, and returns the rows. */
  async inService<Row extends object>(statement: string): Promise<Row[]> {
    const client = new Client({ connectionString: this.ownerUrl });
    await client.connect();
    try {
      return (await client.query<Row>(statement)).rows;
    } finally {
      await client.end();
    }
  }

  /** Ends it and every session at once, like a machine that crashes. */
  async kill(): Promise<void> {
    const { pid } = this;
    process.kill(pid, 'SIGKILL');
    while (processState(pid) !== null) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  /** Starts it again after a kill, at the same address. */
  async restart(): Promise<void> {
    this.server = await runningServer(this.folder);
  }

  async stop(): Promise<void> {
    await stopServer(layoutOf(this.folder));
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }

  private addressOf(role: string, password: string): string {
    return addressOf(role, password, this.server.postmaster.port, DATABASE);
  }
}

/** A primary with its streaming standby, and a database that is migrated and empty. */
export interface ReplicatedDatabase {
  readonly primary: TestPostgres;
  readonly standby: TestPostgres;
  /** The database for starting a service on it (`startTestService({ database })`). */
  readonly database: TestDatabase;
  remove(): Promise<void>;
}

/** Starts both in about two seconds; the standby is a copy of the primary's folder after a clean stop. */
export async function startReplicatedDatabase(): Promise<ReplicatedDatabase> {
  const [first, second] = ['primary', 'standby'].map((part) => databaseFolder(part)) as [string, string];
  const origin = await TestPostgres.start(first);
  // The tests' servers commit asynchronously, so they stream late; a primary with a standby must flush.
  await origin.query(`ALTER DATABASE ${DATABASE} SET synchronous_commit = on`);
  await migrate(origin.ownerUrl, SERVICE_ROLE, SCHEMA);
  await origin.stop();
  execFileSync('cp', ['-a', join(first, 'postgres'), second]);
  const primary = await TestPostgres.start(first);
  makeStandby(second, primary);
  const standby = await TestPostgres.start(second);
  return {
    primary,
    standby,
    database: {
      name: DATABASE,
      serviceUrl: primary.serviceUrl,
      ownerUrl: primary.ownerUrl,
      drop: () => Promise.resolve(),
    },
    remove: async () => {
      await standby.remove();
      await primary.remove();
    },
  };
}

function makeStandby(folder: string, primary: TestPostgres): void {
  const { cluster, port } = layoutOf(folder);
  rmSync(port); // The primary has the role already.
  const { hostname, port: primaryPort, username, password } = new URL(primary.superuserUrl);
  const settings = [
    `primary_conninfo = 'host=${hostname} port=${primaryPort} user=${username} password=${password}'`,
    // Logs every statement, for the tests to read.
    `log_statement = 'all'`,
    '',
  ].join('\n');
  const { uid, gid } = statSync(cluster);
  for (const [name, text] of Object.entries({ 'standby.signal': '', 'postgresql.auto.conf': settings })) {
    writeFileSync(join(cluster, name), text, { mode: 0o600 });
    chownSync(join(cluster, name), uid, gid);
  }
}

function runningServer(folder: string): Promise<RunningServer> {
  return withServer(folder, { durable: false }, (server) => Promise.resolve(server));
}
