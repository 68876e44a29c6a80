import { Semaphore, SemaphoreTimeout } from './semaphore.js';

describe('Semaphore', () => {
  it('runs at most as many works at once as it has permits, in the order of arrival', async () => {
    const semaphore = new Semaphore(2);
    const started: number[] = [];
    const ends: (() => void)[] = [];
    const works = [0, 1, 2, 3].map((n) =>
      semaphore.take(() => {
        started.push(n);
        return new Promise<void>((resolve) => (ends[n] = resolve));
      }),
    );
    expect(started).toEqual([0, 1]);
    ends[1]?.();
    await works[1];
    expect(started).toEqual([0, 1, 2]);
    ends[0]?.();
    await works[0];
    expect(started).toEqual([0, 1, 2, 3]);
    ends[2]?.();
    ends[3]?.();
    await Promise.all(works);
  });

  it('releases the permit of work that fails', async () => {
    const semaphore = new Semaphore(1);
    await expect(semaphore.take(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    await expect(semaphore.take(() => Promise.resolve('done'))).resolves.toBe('done');
  });

  it('waits for a permit up to the timeout, and a waiter that timed out does not delay the next', async () => {
    const semaphore = new Semaphore(1);
    let end = (): void => {};
    const first = semaphore.take(() => new Promise<void>((resolve) => (end = resolve)));
    const late = semaphore.take(() => Promise.resolve('late'), 20);
    const patient = semaphore.take(() => Promise.resolve('patient'));
    await expect(late).rejects.toThrow(SemaphoreTimeout);
    end();
    await first;
    await expect(patient).resolves.toBe('patient');
    await expect(semaphore.take(() => Promise.resolve('next'), 0)).resolves.toBe('next');
  });
});
