/** A turn that did not come in time. */
export class TurnTimeout extends Error {
  override readonly name = 'TurnTimeout';
}

/** Lets only so much work of a kind be under way at once; the rest waits, in its order. */
export class Turns {
  private readonly waiting: (() => void)[] = [];
  private underWay = 0;

  constructor(private readonly underWay_max: number) {}

  /**
   * Runs the work when its turn has come.
   *
   * @param patience_ms how long it waits for that; absent: as long as it takes
   * @throws TurnTimeout where the turn did not come in time, and what the work throws
   */
  async take<T>(work: () => Promise<T>, patience_ms = Infinity): Promise<T> {
    if (this.underWay < this.underWay_max) this.underWay += 1;
    else await this.wait(patience_ms);
    try {
      return await work();
    } finally {
      // A turn that somebody waits for is passed on as it is.
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
        reject(new TurnTimeout('The turn did not come in time.'));
      };
      const limit = patience_ms === Infinity ? undefined : setTimeout(giveUp, Math.max(patience_ms, 0));
      this.waiting.push(start);
    });
  }
}

/** Turns of one at a time, by the name of a line. */
export class Lines {
  private readonly lines = new Map<string, { readonly turns: Turns; members: number }>();

  /** As `Turns.take`, in the line of that name. */
  async take<T>(name: string, work: () => Promise<T>, patience_ms: number): Promise<T> {
    const line = this.lines.get(name) ?? { turns: new Turns(1), members: 0 };
    this.lines.set(name, line);
    line.members += 1;
    try {
      return await line.turns.take(work, patience_ms);
    } finally {
      line.members -= 1;
      if (line.members === 0) this.lines.delete(name);
    }
  }
}
