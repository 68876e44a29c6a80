import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * Start time of a process, for comparison only. Process ids are reused; id and start time together identify a process.
 */
export interface ProcessState {
  readonly startedAt: string;
}

const HAS_PROC = existsSync('/proc/self/stat');

/** The running process with this id, or null. A zombie does not run, even though it answers kill(0). */
export function processState(pid: number): ProcessState | null {
  return HAS_PROC ? fromProc(pid) : fromPs(pid);
}

function fromProc(pid: number): ProcessState | null {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return null;
  }
  // proc(5): "pid (comm) state ppid ..."; comm may hold spaces and parentheses, so count from the last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state] = fields;
  const startTicks = fields[19];
  if (state === 'Z' || state === 'X' || startTicks === undefined) return null;
  return { startedAt: startTicks };
}

function fromPs(pid: number): ProcessState | null {
  if (process.platform === 'win32') return answersSignals(pid) ? { startedAt: '' } : null;
  const { stdout } = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' });
  const [state = '', ...start] = (stdout ?? '').trim().split(/\s+/);
  return state === '' || state.startsWith('Z') ? null : { startedAt: start.join(' ') };
}

function answersSignals(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The working directory of a process; null if the system does not reveal it (only Linux does). */
export function workingDirectoryOf(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
}
