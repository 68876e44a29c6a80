/** No permit became free in time. */
export class SemaphoreTimeout extends Error {
  override readonly name = 'SemaphoreTimeout';
}

/** Limits how many works run at once; the others wait in their order of arrival. */
export class Semaphore {
  private readonly waiting: (() => void)[] = [];
  private running = 0;

  constructor(private readonly running_max: number) {}

  /**
   * Runs the work when a permit is free.
   *
   * @param patience_ms how long to wait for a permit; by default without limit
   * @throws SemaphoreTimeout if no permit became free in time; also errors of the work
   */
  async take<T>(work: () => Promise<T>, patience_ms = Infinity): Promise<T> {
    if (this.running < this.running_max) this.running += 1;
    else await this.wait(patience_ms);
    try {
      return await work();
    } finally {
      // The permit passes directly to the next waiter.
      const next = this.waiting.shift();
      if (next === undefined) this.running -= 1;
      else next();
    }
  }

  private wait(patience_ms: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const start = (): void => {
        clearTimeout(limit);
        resolve();
      };
      const giveUp = (): void => {
        this.waiting.splice(this.waiting.indexOf(start), 1);
        reject(new SemaphoreTimeout('No permit became free in time.'));
      };
      const limit = patience_ms === Infinity ? undefined : setTimeout(giveUp, Math.max(patience_ms, 0));
      this.waiting.push(start);
    });
  }
}

/** Runs one work at a time per key; other works of the key wait in their order of arrival. */
export class KeyedMutex {
  private readonly queues = new Map<string, { readonly semaphore: Semaphore; members: number }>();

  /** Like `Semaphore.take`, with one permit for this key. */
  async take<T>(key: string, work: () => Promise<T>, patience_ms: number): Promise<T> {
    const queue = this.queues.get(key) ?? { semaphore: new Semaphore(1), members: 0 };
    this.queues.set(key, queue);
    queue.members += 1;
    try {
      return await queue.semaphore.take(work, patience_ms);
    } finally {
      queue.members -= 1;
      if (queue.members === 0) this.queues.delete(key);
    }
  }
}
