import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { processState } from './process-state.js';

const RETRY_MS = 20;
const RELEASED = 'released';

/**
 * Runs `work` exclusively among all processes that use the same folder. Node has no flock(2). A plain lock file that a
 * killed process left behind cannot be removed safely: two processes may both find it stale, and the slower one would
 * remove the new lock of the faster one. Each holder therefore creates its own file, named by a growing number. The
 * highest number decides; its file is never deleted, only marked as released.
 *
 * @param patience_ms how long to wait for other holders
 * @throws MutexTimeout after that time
 */
export async function withMutex<T>(folder: string, patience_ms: number, work: () => Promise<T>): Promise<T> {
  mkdirSync(folder, { recursive: true });
  const ticket = await acquire(folder, patience_ms);
  try {
    return await work();
  } finally {
    release(folder, ticket);
  }
}

export class MutexTimeout extends Error {
  override readonly name = 'MutexTimeout';
}

async function acquire(folder: string, patience_ms: number): Promise<number> {
  const deadline = performance.now() + patience_ms;
  for (;;) {
    const highest = highestTicket(folder);
    if (isFree(folder, highest)) {
      const mine = highest + 1;
      if (publish(folder, mine, ownerLine()) && highestTicket(folder) === mine) {
        forgetOlder(folder, mine);
        return mine;
      }
    } else if (performance.now() > deadline) {
      throw new MutexTimeout(readTicket(folder, highest)?.split(' ')[0] ?? 'unknown');
    }
    await sleep(RETRY_MS);
  }
}

function release(folder: string, ticket: number): void {
  const draft = writeDraft(folder, RELEASED);
  renameSync(draft, join(folder, String(ticket)));
}

function ownerLine(): string {
  return `${process.pid} ${processState(process.pid)?.startedAt ?? ''}`;
}

function isFree(folder: string, ticket: number): boolean {
  if (ticket === 0) return true;
  const content = readTicket(folder, ticket);
  if (content === null) return false; // a newer ticket replaced it: look again
  if (content === RELEASED) return true;
  const space = content.indexOf(' ');
  const owner = processState(Number(content.slice(0, space)));
  return owner === null || owner.startedAt !== content.slice(space + 1);
}

function readTicket(folder: string, ticket: number): string | null {
  try {
    return readFileSync(join(folder, String(ticket)), 'utf8');
  } catch {
    return null;
  }
}

function highestTicket(folder: string): number {
  return tickets(folder).reduce((highest, ticket) => Math.max(highest, ticket), 0);
}

function tickets(folder: string): number[] {
  return readdirSync(folder)
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** Creates the file atomically with its whole content; false if another process was first. */
function publish(folder: string, ticket: number, content: string): boolean {
  const draft = writeDraft(folder, content);
  try {
    linkSync(draft, join(folder, String(ticket)));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function writeDraft(folder: string, content: string): string {
  const draft = join(folder, `draft-${randomBytes(8).toString('hex')}`);
  writeFileSync(draft, content, { flag: 'wx' });
  return draft;
}

function forgetOlder(folder: string, mine: number): void {
  for (const ticket of tickets(folder)) {
    if (ticket < mine) rmSync(join(folder, String(ticket)), { force: true });
  }
}
