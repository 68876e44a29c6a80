/**
 * Pseudo-random numbers that are the same in every run on every machine: mulberry32 (public domain, Tommy Ettinger),
 * which uses only 32-bit integer arithmetic. Use it only for the demo.
 */
export class Random {
  constructor(private state: number) {}

  /** From 0 (included) to 1 (excluded). */
  fraction(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number, both ends included. */
  integer(min: number, max: number): number {
    return min + Math.floor(this.fraction() * (max - min + 1));
  }

  /** True with this probability: 0.25 is one time in four. */
  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T {
    return list[this.integer(0, list.length - 1)] as T;
  }

  /** One item of a list that is not empty; items with a higher weight are more likely. */
  pickWeighted<T>(list: readonly T[], weightOf: (item: T) => number): T {
    let rest = this.fraction() * list.reduce((sum, item) => sum + weightOf(item), 0);
    for (const item of list) {
      rest -= weightOf(item);
      if (rest < 0) return item;
    }
    return list.at(-1) as T;
  }
}

/**
 * The weight of a rank (1 is the first): rank^-0.75, the long tail of popular things (Zipf). It uses square roots,
 * because IEEE 754 defines them to the last bit; general powers differ between machines.
 */
export function popularityOf(rank: number): number {
  const root = Math.sqrt(rank);
  return 1 / (root * Math.sqrt(root));
}
