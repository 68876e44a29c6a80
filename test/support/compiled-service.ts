import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { processState } from '../../src/platform/database/embedded/process-state.js';
import { ROOT } from './compiled.js';
import { databaseFolder } from './test-cluster.js';

const PATIENCE_MS = 30_000;

/** A temporary folder with what the processes of one test share. */
export class DataFolder {
  readonly path = databaseFolder('process');

  /** The process id of the PostgreSQL in this folder; null if none runs. */
  serverPid(): number | null {
    const file = join(this.path, 'postgres', 'cluster', 'postmaster.pid');
    if (!existsSync(file)) return null;
    const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
    return processState(pid) === null ? null : pid;
  }

  remove(): void {
    const pid = this.serverPid();
    if (pid !== null) process.kill(pid, 'SIGQUIT');
    rmSync(this.path, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }
}

/** The command of `npm start`. */
const START = [process.execPath, join(ROOT, 'bin', 'start.mjs')] as const;

/** One `npm start` as a separate process in its own process group, as in a terminal. */
export class ServiceProcess {
  private readonly child: ChildProcess;
  private readonly exit: Promise<number | null>;
  stdout = '';
  stderr = '';

  /**
   * @param command the command to start instead of `npm start`, such as `npm` itself, which runs in the project's
   *   folder
   * @param where another folder or user for it
   */
  constructor(
    env: NodeJS.ProcessEnv,
    args: readonly string[] = [],
    command: readonly [string, ...string[]] = START,
    where: Pick<SpawnOptions, 'cwd' | 'uid' | 'gid'> = {},
  ) {
    const inherited = Object.fromEntries(
      Object.entries(process.env).filter(
        ([name]) => !/^(NODE_ENV|NODE_OPTIONS|JEST_|DATABASE_|AUTH_)/.test(name),
      ),
    );
    const [program, ...first] = command;
    this.child = spawn(program, [...first, ...args], {
      cwd: command === START ? tmpdir() : ROOT,
      detached: true,
      env: { ...inherited, PORT: '0', ...env },
      ...where,
    });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.exit = once(this.child, 'close').then(([code]) => code as number | null);
  }

  /** The id of the process that serves. */
  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** The address that it prints. */
  async url(): Promise<string> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const [, told, logged] = /Serving at\s+(\S+)|"baseUrl":"([^"]+)"/.exec(this.stdout) ?? [];
      const url = told ?? logged;
      if (url !== undefined) return url;
      const isOver = await Promise.race([this.exit.then(() => true), sleep(20, false)]);
      if (isOver || performance.now() > deadline)
        throw new Error(`It does not serve: ${this.stdout}${this.stderr}`);
    }
  }

  async isReady(): Promise<boolean> {
    const response = await fetch(`${await this.url()}/api/health/ready`);
    return response.status === 200;
  }

  /** Does what Ctrl-C does: the terminal signals the whole process group. Returns the exit code. */
  interrupt(): Promise<number | null> {
    process.kill(-(this.child.pid ?? 0), 'SIGINT');
    return this.ended();
  }

  /** Signals only the started process, as `kill` and process managers do. Returns the exit code. */
  signal(signal: NodeJS.Signals): Promise<number | null> {
    this.child.kill(signal);
    return this.ended();
  }

  /** Signals only the started process, without waiting. */
  send(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Stops reading its output, like a closed terminal or log reader. */
  closeOutput(): void {
    this.child.stdout?.destroy();
    this.child.stderr?.destroy();
  }

  /** Whether a process of its group still runs. */
  isRunning(): boolean {
    try {
      process.kill(-(this.child.pid ?? 0), 0);
      return true;
    } catch {
      return false;
    }
  }

  /** Kills the process and everything that it started in its group. */
  killGroup(): void {
    process.kill(-(this.child.pid ?? 0), 'SIGKILL');
  }

  kill(): Promise<number | null> {
    this.child.kill('SIGKILL');
    return this.ended();
  }

  ended(): Promise<number | null> {
    return this.exit;
  }
}
