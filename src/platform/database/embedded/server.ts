import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartupError } from '../../config/startup-error.js';
import type { Binaries } from './binaries.js';
import { identityForExisting, invocationAs } from './identity.js';
import type { Layout } from './layout.js';
import { disownStalePidFile, runningPostmaster, type Postmaster } from './postmaster.js';
import { processState } from './process-state.js';
import { serverSettings, type Durability } from './settings.js';

const LOOK_AGAIN_MS = 15;
/** Crash recovery replays up to max_wal_size; this is far more time than it needs. */
const START_PATIENCE_MS = 300_000;
const FAST_STOP_PATIENCE_MS = 30_000;
const LOG_KEPT_BYTES = 10 * 1024 * 1024;
const ATTEMPTS_MAX = 60;
const ATTEMPT_PAUSE_MS = 250;

/**
 * Returns the cluster's running server, ready for connections, and starts one if none runs. A new server is a separate
 * process that outlives this one and receives no signals of its terminal. Must be called under the folder's mutex.
 *
 * @throws StartupError with PostgreSQL's message if it does not start
 */
export async function ensureServer(
  layout: Layout,
  binaries: Binaries,
  durability: Durability,
): Promise<Postmaster> {
  const deadline = performance.now() + START_PATIENCE_MS;
  while (performance.now() < deadline) {
    const running = runningPostmaster(layout.cluster);
    if (running === null) return startServer(layout, binaries, durability);
    if (running.status === 'ready') return running;
    await sleep(LOOK_AGAIN_MS);
  }
  throw new StartupError(`The embedded PostgreSQL did not become ready in time. Read ${layout.log}.`);
}

/** Stops the server and waits until its process has ended. Must be called under the folder's mutex. */
export async function stopServer(layout: Layout): Promise<void> {
  const running = runningPostmaster(layout.cluster);
  if (running === null) return;
  process.kill(running.pid, 'SIGINT'); // "fast": ends every session, writes a checkpoint
  if (await isGone(running.pid, FAST_STOP_PATIENCE_MS)) return;
  process.kill(running.pid, 'SIGQUIT'); // "immediate": the next start recovers
  await isGone(running.pid, FAST_STOP_PATIENCE_MS);
}

async function isGone(pid: number, patience_ms: number): Promise<boolean> {
  const deadline = performance.now() + patience_ms;
  while (processState(pid) !== null) {
    if (performance.now() > deadline) return false;
    await sleep(LOOK_AGAIN_MS);
  }
  return true;
}

async function startServer(layout: Layout, binaries: Binaries, durability: Durability): Promise<Postmaster> {
  rotateLog(layout.log);
  let port = await freePort(portOfLastStart(layout));
  for (let attempt = 1; ; attempt += 1) {
    disownStalePidFile(layout.cluster);
    const outcome = await launch(layout, binaries, serverSettings(port, durability));
    if (typeof outcome !== 'string') {
      writeFileSync(layout.port, String(port));
      return outcome;
    }
    // Backends of a killed server live a moment longer; so does the pid file of a server that is stopping.
    const isPassing = /shared memory block|lock file "postmaster.pid"/.test(outcome);
    const portIsTaken = /could not (bind|create any TCP\/IP sockets)/.test(outcome);
    if (!(isPassing || portIsTaken) || attempt === ATTEMPTS_MAX) {
      throw new StartupError(
        `The embedded PostgreSQL does not start (${lastComplaint(outcome)}). Read ${layout.log}.`,
      );
    }
    if (portIsTaken) port = await freePort(null);
    else await sleep(ATTEMPT_PAUSE_MS);
  }
}

/** Returns the ready server, or the log text that it wrote before it ended. */
async function launch(
  layout: Layout,
  binaries: Binaries,
  settings: readonly string[],
): Promise<Postmaster | string> {
  const logStart_bytes = existsSync(layout.log) ? statSync(layout.log).size : 0;
  const child = spawnServer(layout, binaries, settings);
  const ended = endOf(child);
  child.unref();
  const deadline = performance.now() + START_PATIENCE_MS;
  while (performance.now() < deadline) {
    const running = runningPostmaster(layout.cluster);
    if (running?.status === 'ready' && running.pid === child.pid) return running;
    const complaint = await Promise.race([ended, sleep(LOOK_AGAIN_MS, null)]);
    if (complaint !== null)
      return complaint + readFileSync(layout.log).subarray(logStart_bytes).toString('utf8');
  }
  throw new StartupError(`The embedded PostgreSQL did not become ready in time. Read ${layout.log}.`);
}

/** Resolves when the process has ended: with the reason if it could not be run, otherwise with an empty text. */
function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(`FATAL: ${error.message}\n`));
    child.once('exit', () => resolve(''));
  });
}

function spawnServer(layout: Layout, binaries: Binaries, settings: readonly string[]): ChildProcess {
  const identity = identityForExisting(layout.cluster);
  const { command, args, uid, gid } = invocationAs(identity, binaries.postgres, [
    '-D',
    layout.cluster,
    ...settings,
  ]);
  const log = openSync(layout.log, 'a', 0o600);
  try {
    return spawn(command, args, {
      uid,
      gid,
      cwd: '/',
      env: { ...process.env, LC_ALL: 'C' },
      detached: true, // a separate session, because Ctrl-C reaches every process of the terminal's group
      stdio: ['ignore', log, log],
    });
  } finally {
    closeSync(log);
  }
}

function lastComplaint(said: string): string {
  const complaints = said.split('\n').filter((line) => /FATAL|PANIC|error/i.test(line));
  return (complaints[0] ?? said.trim().split('\n').at(-1) ?? '').replace(/^.*?(FATAL|PANIC):\s*/, '').trim();
}

function rotateLog(log: string): void {
  if (existsSync(log) && statSync(log).size > LOG_KEPT_BYTES) renameSync(log, `${log}.old`);
}

function portOfLastStart(layout: Layout): number | null {
  try {
    return Number(readFileSync(layout.port, 'utf8')) || null;
  } catch {
    return null;
  }
}

/** Returns the wished port if it is free, otherwise any free port. */
function freePort(wished: number | null): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => (wished === null ? reject(error) : resolve(freePort(null))));
    probe.listen(wished ?? 0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
