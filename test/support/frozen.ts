import { readdirSync, readFileSync } from 'node:fs';

/** Stops a process and all that it started with SIGSTOP: nothing answers, and no connection ends. */
export function freeze(pid: number): void {
  for (const each of treeOf(pid)) process.kill(each, 'SIGSTOP');
}

/** Continues stopped processes. */
export function thaw(pid: number): void {
  for (const each of treeOf(pid)) process.kill(each, 'SIGCONT');
}

/** Memory of a process in MB. */
export function residentMegabytes(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

function treeOf(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), parentOf(name)] as const);
  const tree = [pid];
  // Parents come before their children, so that no new child is missed.
  for (const member of tree)
    tree.push(...parents.filter(([, parent]) => parent === member).map(([child]) => child));
  return tree;
}

function parentOf(pid: string): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null; // It has ended.
  }
}
