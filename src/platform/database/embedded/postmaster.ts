import { readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processState, workingDirectoryOf } from './process-state.js';

/** The server that runs on a cluster. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly status: 'starting' | 'ready' | 'stopping';
}

/** A number that no process has: above every system's limit, and still PostgreSQL's pid_t. */
const NOBODY_PID = 2_147_483_646;

/** The server that runs on this cluster now, or null. A postmaster.pid that a killed server left behind is not believed. */
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
 * Lets a start get past a stale postmaster.pid whose number now belongs to a foreign process or a zombie, which
 * PostgreSQL would take for a running server. Only the number is replaced: PostgreSQL then still checks by the
 * file's shared memory line that no orphaned backend of the old server writes any more. Call it only when nothing runs.
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

/** A server works in its data directory; where the system does not tell that, the file's own line has to do. */
function isServerOf(pid: number, directoryInFile: string, cluster: string): boolean {
  if (processState(pid) === null) return false;
  const directory = workingDirectoryOf(pid);
  const actual = directory ?? directoryInFile;
  return actual === cluster || actual === realpathSync(cluster);
}
