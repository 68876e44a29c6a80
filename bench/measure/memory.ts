import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const LOOK_AGAIN_MS = 50;

/** Megabytes that a process holds in memory now. Needs /proc. */
export const resident_mb = (pid: number): number => statusOf(pid, 'VmRSS');

/** Forgets a process's peak, so that `peak_mb` tells of what comes (proc(5), clear_refs). */
export const forgetPeak = (pid: number): void => writeFileSync(`/proc/${pid}/clear_refs`, '5');

/** The most that a process has held since its start or since `forgetPeak`. */
export const peak_mb = (pid: number): number => statusOf(pid, 'VmHWM');

/** Watches a process and its children until it ends; gives the most that they held together. */
export async function peakOfTree_mb(pid: number): Promise<number> {
  let peak = 0;
  for (;;) {
    const sum = treeOf(pid).reduce((mb, member) => mb + resident_mb(member), 0);
    if (sum === 0) return peak;
    peak = Math.max(peak, sum);
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}

/** PostgreSQL is a session of its own and so is not in it. */
function treeOf(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ child: Number(name), parent: parentOf(name) }));
  const tree = [pid];
  for (const member of tree)
    tree.push(...parents.filter(({ parent }) => parent === member).map(({ child }) => child));
  return tree.filter((member) => !isPostgres(member));
}

function parentOf(pid: string): number {
  const text = read(`/proc/${pid}/stat`);
  return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]);
}

const isPostgres = (pid: number): boolean => read(`/proc/${pid}/comm`).startsWith('postgres');

function statusOf(pid: number, field: string): number {
  const kilobytes = new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(read(`/proc/${pid}/status`))?.[1];
  return Number(kilobytes ?? 0) / 1024;
}

/** Nothing of a process that has ended meanwhile. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
