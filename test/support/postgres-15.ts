import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { BINARIES, freePort, identity } from './debian-postgres.js';
import { databaseFolder } from './test-cluster.js';

export const hasPostgres15 = existsSync(join(BINARIES, 'initdb'));

const SUPERUSER = 'postgres';
const PASSWORD = 'debian';
const START_PATIENCE_MS = 60_000;

/** A PostgreSQL 15 of Debian on a free port of this machine, with two roles and their database. */
export class Postgres15 {
  private constructor(
    readonly port: number,
    private readonly folder: string,
    private readonly server: ChildProcess,
  ) {}

  /** @param settings lines of postgresql.conf; their files are in the folder that `writeFiles` receives */
  static async start(
    settings: readonly string[] = [],
    writeFiles: (folder: string) => void = () => {},
  ): Promise<Postgres15> {
    const folder = databaseFolder('debian');
    const cluster = join(folder, 'cluster');
    giveToPostgres(folder);
    writeFileSync(join(folder, 'password'), PASSWORD);
    const options = [
      '-D',
      cluster,
      '-U',
      SUPERUSER,
      '--auth=scram-sha-256',
      `--pwfile=${join(folder, 'password')}`,
    ];
    execFileSync(join(BINARIES, 'initdb'), [...options, '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'], {
      ...identity(),
      cwd: folder,
      stdio: 'ignore',
    });
    writeFiles(folder);
    const port = await freePort();
    const lines = [
      `port = ${port}`,
      "listen_addresses = 'localhost'",
      "unix_socket_directories = ''",
      'fsync = off',
    ];
    writeFileSync(join(cluster, 'postgresql.auto.conf'), `${[...lines, ...settings].join('\n')}\n`);
    const server = spawn(join(BINARIES, 'postgres'), ['-D', cluster], {
      ...identity(),
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    server.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
    const deadline = performance.now() + START_PATIENCE_MS;
    while (!said.includes('ready to accept connections')) {
      if (server.exitCode !== null || performance.now() > deadline)
        throw new Error(`It does not start: ${said}`);
      await sleep(50);
    }
    const postgres = new Postgres15(port, folder, server);
    await postgres.asSuperuser([
      `CREATE ROLE owner LOGIN PASSWORD 'o'`,
      `CREATE ROLE service LOGIN PASSWORD 's'`,
    ]);
    return postgres;
  }

  /** Creates a database that the role owner owns, and returns the addresses of both roles. */
  async createDatabase(name: string): Promise<{ ownerUrl: string; serviceUrl: string }> {
    await this.asSuperuser([`CREATE DATABASE ${name} OWNER owner`]);
    const place = `localhost:${this.port}/${name}`;
    return { ownerUrl: `postgres://owner:o@${place}`, serviceUrl: `postgres://service:s@${place}` };
  }

  async stop(): Promise<void> {
    const ended = once(this.server, 'exit');
    this.server.kill('SIGQUIT');
    if (this.server.exitCode === null) await ended;
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  private async asSuperuser(statements: readonly string[]): Promise<void> {
    const client = new Client({
      connectionString: `postgres://${SUPERUSER}:${PASSWORD}@localhost:${this.port}/postgres`,
    });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  }
}

/** Makes PostgreSQL the owner of files that it must read. */
export function giveToPostgres(...files: readonly string[]): void {
  const { uid, gid } = identity();
  if (uid === undefined || gid === undefined) return; // PostgreSQL runs as this user, so it already owns them.
  for (const file of files) chownSync(file, uid, gid);
}
