import { readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processState, workingDirectoryOf } from './process-state.js';

/** The server that runs on a cluster. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly status: 'starting' | 'ready' | 'stopping';
}

/** A pid that no process can have: above every system's limit, and still valid for PostgreSQL's pid_t. */
const NOBODY_PID = 2_147_483_646;

/** The server that runs on this cluster now, or null. The postmaster.pid of a killed server is ignored. */
export function runningPostmaster(cluster: string): Postmaster | null {
  const lines = pidFileLines(cluster);
  if (lines === null) return null;
  // The file's lines: pid, data directory, start time, port, socket directory, listen address, shared memory, status.
  const pid = Number(lines[0]);
  if (!isServerOf(pid, lines[1] ?? '', cluster)) return null;
  const status = (lines[7] ?? '').trim();
  return {
    pid,
    port: Number(lines[3] ?? 0),
    status: status === 'ready' || status === 'stopping' ? status : 'starting',
  };
}

/**
 * Makes a stale postmaster.pid harmless if its pid now belongs to a foreign process or a zombie: PostgreSQL would take
 * that process for a running server. Only the pid is replaced. PostgreSQL then still uses the shared memory line to
 * check that no orphaned backend of the old server writes. Must be called only when no server runs.
 */
export function disownStalePidFile(cluster: string): void {
  const lines = pidFileLines(cluster);
  if (lines === null || processState(Number(lines[0])) === null) return;
  writeFileSync(pidFile(cluster), [NOBODY_PID, ...lines.slice(1)].join('\n'));
}

function pidFile(cluster: string): string {
  return join(cluster, 'postmaster.pid');
}

function pidFileLines(cluster: string): string[] | null {
  try {
    const lines = readFileSync(pidFile(cluster), 'utf8').split('\n');
    return /^\d+$/.test(lines[0] ?? '') ? lines : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Whether the process is this cluster's server: its working directory is the cluster. If the system does not reveal
 * that directory, the line in the file decides.
 */
function isServerOf(pid: number, directoryInFile: string, cluster: string): boolean {
  if (processState(pid) === null) return false;
  const directory = workingDirectoryOf(pid);
  const actual = directory ?? directoryInFile;
  return actual === cluster || actual === realpathSync(cluster);
}
