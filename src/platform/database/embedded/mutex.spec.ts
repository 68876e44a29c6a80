import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MutexTimeout, withMutex } from './mutex.js';

const PATIENCE_MS = 5_000;

describe('withMutex', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'pmr-mutex-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('runs one piece of work at a time', async () => {
    let running = 0;
    let mostAtOnce = 0;
    const work = async (): Promise<void> => {
      running += 1;
      mostAtOnce = Math.max(mostAtOnce, running);
      await sleep(5);
      running -= 1;
    };
    await Promise.all(Array.from({ length: 20 }, () => withMutex(folder, PATIENCE_MS, work)));
    expect(mostAtOnce).toBe(1);
    expect(readdirSync(folder)).toHaveLength(1); // older tickets and drafts are deleted
  });

  it('returns the result, and is released after a failure', async () => {
    await expect(withMutex(folder, PATIENCE_MS, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(withMutex(folder, PATIENCE_MS, () => Promise.resolve(7))).resolves.toBe(7);
  });

  it.each([
    ['has ended', '2147483646 1'],
    ['had the process id of a process that started later', `${process.pid} 1`],
  ])('ignores an owner that %s', async (_case, owner) => {
    writeFileSync(join(folder, '41'), owner);
    await withMutex(folder, PATIENCE_MS, () => {
      expect(readFileSync(join(folder, '42'), 'utf8')).toMatch(new RegExp(`^${process.pid} `));
      return Promise.resolve();
    });
    expect(readdirSync(folder)).toEqual(['42']);
  });

  it('gives up if the owner is running, and names it', async () => {
    await withMutex(folder, PATIENCE_MS, async () => {
      const second = withMutex(folder, 60, () => Promise.resolve());
      await expect(second).rejects.toThrow(new MutexTimeout(String(process.pid)));
    });
  });
});
