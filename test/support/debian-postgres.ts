import { execFileSync, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { databaseFolder } from './test-cluster.js';

/** The folder of the programs of Debian's package postgresql-15. */
export const BINARIES = '/usr/lib/postgresql/15/bin';
const PGBOUNCER = '/usr/sbin/pgbouncer';
const PATIENCE_MS = 60_000;

/** Debian packages that these tests need and this machine does not have. */
export function missingPackages(): string[] {
  const packages = { [join(BINARIES, 'postgres')]: 'postgresql-15', [PGBOUNCER]: 'pgbouncer' };
  return Object.entries(packages).flatMap(([file, name]) => (existsSync(file) ? [] : [name]));
}

/** Debian's PostgreSQL with Debian's PgBouncer in front of it, in a folder of their own. */
export class PooledPostgres {
  private constructor(
    private readonly folder: string,
    private readonly port: number,
    private readonly server: ChildProcess,
  ) {}

  private readonly poolers: ChildProcess[] = [];

  static async start(): Promise<PooledPostgres> {
    const folder = databaseFolder('pooler');
    const { uid, gid } = identity();
    if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
    chmodSync(folder, 0o700);
    const data = join(folder, 'data');
    const initdb = [
      '-D',
      data,
      '-U',
      'postgres',
      '-A',
      'trust',
      '-E',
      'UTF8',
      '--locale=C.UTF-8',
      '--no-sync',
    ];
    execFileSync(join(BINARIES, 'initdb'), initdb, { ...identity(), stdio: 'ignore' });
    const port = await freePort();
    const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'];
    const server = launch(join(BINARIES, 'postgres'), [
      '-D',
      data,
      '-p',
      String(port),
      ...settings.flatMap((setting) => ['-c', setting]),
    ]);
    const postgres = new PooledPostgres(folder, port, server);
    await postgres.untilAnswers(postgres.addressOf('postgres', port, 'postgres'));
    await postgres.query(
      'CREATE ROLE pmr_owner LOGIN',
      'CREATE ROLE pmr_service LOGIN',
      'CREATE DATABASE pmr OWNER pmr_owner',
    );
    return postgres;
  }

  /** Address with a role, directly at the server. */
  direct(role: string): string {
    return this.addressOf(role, this.port);
  }

  /**
   * Starts a pooler in front of the server.
   *
   * @param settings lines of its section [pgbouncer]
   * @returns the address with a role, at the pooler
   */
  async pooler(settings: readonly string[]): Promise<(role: string) => string> {
    const port = await freePort();
    const file = (name: string): string => join(this.folder, `${port}-${name}`);
    writeFileSync(
      file('users.txt'),
      ['postgres', 'pmr_owner', 'pmr_service'].map((role) => `"${role}" ""\n`).join(''),
    );
    const lines = [
      '[databases]',
      `pmr = host=127.0.0.1 port=${this.port} dbname=pmr`,
      '[pgbouncer]',
      `listen_addr = 127.0.0.1`,
      `listen_port = ${port}`,
      'unix_socket_dir =',
      'auth_type = trust',
      `auth_file = ${file('users.txt')}`,
      ...settings,
      '',
    ];
    writeFileSync(file('pgbouncer.ini'), lines.join('\n'));
    this.poolers.push(launch(PGBOUNCER, [file('pgbouncer.ini')]));
    await this.untilAnswers(this.addressOf('pmr_owner', port));
    return (role) => this.addressOf(role, port);
  }

  /** Runs statements directly at the server as its superuser, and returns the rows of the last one. */
  async query<Row extends object>(...statements: string[]): Promise<Row[]> {
    const client = new Client({ connectionString: this.addressOf('postgres', this.port, 'postgres') });
    await client.connect();
    let rows: Row[] = [];
    for (const statement of statements) ({ rows } = await client.query<Row>(statement));
    await client.end();
    return rows;
  }

  async remove(): Promise<void> {
    for (const child of [...this.poolers, this.server]) {
      if (child.exitCode !== null) continue;
      child.kill('SIGINT');
      await once(child, 'exit');
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }

  private addressOf(role: string, port: number, database = 'pmr'): string {
    return `postgres://${role}@127.0.0.1:${port}/${database}`;
  }

  private async untilAnswers(url: string): Promise<void> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const client = new Client({ connectionString: url });
      client.on('error', () => {});
      try {
        await client.connect();
        await client.end();
        return;
      } catch (error) {
        if (performance.now() > deadline) throw error;
        await sleep(50);
      }
    }
  }
}

/** The user to run as: neither program runs as root. */
export function identity(): Pick<SpawnOptions, 'uid' | 'gid'> {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] = ['-u', '-g'].map((what) =>
    Number(execFileSync('id', [what, 'postgres'], { encoding: 'utf8' })),
  );
  return { uid, gid };
}

function launch(command: string, args: readonly string[]): ChildProcess {
  return spawn(command, args, { ...identity(), cwd: '/', stdio: 'ignore' });
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
