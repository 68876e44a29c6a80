/** No permit came free in time. */
export class SemaphoreTimeout extends Error {
  override readonly name = 'SemaphoreTimeout';
}

/** Lets only so much work of a kind be under way at once; the rest waits, in its order. */
export class Semaphore {
  private readonly waiting: (() => void)[] = [];
  private underWay = 0;

  constructor(private readonly underWay_max: number) {}

  /**
   * Runs the work when a permit is free.
   *
   * @param patience_ms how long it waits for one; absent: as long as it takes
   * @throws SemaphoreTimeout where no permit came free in time, and what the work throws
   */
  async take<T>(work: () => Promise<T>, patience_ms = Infinity): Promise<T> {
    if (this.underWay < this.underWay_max) this.underWay += 1;
    else await this.wait(patience_ms);
    try {
      return await work();
    } finally {
      // A permit that somebody waits for is passed on as it is.
      const next = this.waiting.shift();
      if (next === undefined) this.underWay -= 1;
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
        reject(new SemaphoreTimeout('No permit came free in time.'));
      };
      const limit = patience_ms === Infinity ? undefined : setTimeout(giveUp, Math.max(patience_ms, 0));
      this.waiting.push(start);
    });
  }
}

/** Lets one work at a time be under way per key; the rest of that key waits, in its order. */
export class KeyedMutex {
  private readonly queues = new Map<string, { readonly semaphore: Semaphore; members: number }>();

  /** As `Semaphore.take`, one at a time for this key. */
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
