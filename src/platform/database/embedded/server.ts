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
/** Crash recovery replays up to max_wal_size; this is far beyond what that takes. */
const START_PATIENCE_MS = 300_000;
const FAST_STOP_PATIENCE_MS = 30_000;
const LOG_KEPT_BYTES = 10 * 1024 * 1024;
const ATTEMPTS_MAX = 60;
const ATTEMPT_PAUSE_MS = 250;

/**
 * Gives the cluster's server, ready for connections: the one that runs, or a new one. A new server is a process
 * of its own that outlives this one and gets no signal of its terminal. Call it under the folder's mutex.
 *
 * @throws StartupError with what PostgreSQL said, when it does not start
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
  throw new StartupError(`The embedded PostgreSQL does not get ready; see ${layout.log}.`);
}

/** Ends the server and returns when its process is gone. Call it under the folder's mutex. */
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
    // Backends of a killed server live on for a moment; the pid file of one that is just ending, too.
    const isPassing = /shared memory block|lock file "postmaster.pid"/.test(outcome);
    const portIsTaken = /could not (bind|create any TCP\/IP sockets)/.test(outcome);
    if (!(isPassing || portIsTaken) || attempt === ATTEMPTS_MAX) {
      throw new StartupError(
        `The embedded PostgreSQL does not start (${lastComplaint(outcome)}); see ${layout.log}.`,
      );
    }
    if (portIsTaken) port = await freePort(null);
    else await sleep(ATTEMPT_PAUSE_MS);
  }
}

/** Gives the ready server, or what it wrote before it ended. */
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
  throw new StartupError(`The embedded PostgreSQL does not get ready; see ${layout.log}.`);
}

/** Resolves when the process has ended, to why it could not even run (else to nothing). */
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
      detached: true, // a session of its own: Ctrl-C reaches every process of the terminal's group
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

/** The wished port where it is free, else any free one. */
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
