/** Lets only so much work of a kind be under way at once; the rest waits, in its order. */
export class Turns {
  private readonly waiting: (() => void)[] = [];
  private underWay = 0;

  constructor(private readonly underWay_max: number) {}

  /** Runs the work when its turn has come. */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.underWay < this.underWay_max) this.underWay += 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      // A turn that somebody waits for is passed on as it is.
      const next = this.waiting.shift();
      if (next === undefined) this.underWay -= 1;
      else next();
    }
  }
}
