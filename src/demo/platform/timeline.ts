import type { Instant } from '../../domain/index.js';
import type { Random } from './random.js';

export const SECOND: Instant = 1_000_000n;
export const MINUTE: Instant = 60n * SECOND;
export const HOUR: Instant = 60n * MINUTE;
export const DAY: Instant = 24n * HOUR;

/** Days that the demo tells about. */
export const DAYS = 365;

/** Average deployments a day, on the first day and added until the last. */
const FIRST_DAY_RATE = 9;
const GROWTH = 26;
/** Sunday first: people work from Monday to Friday. */
const WEEKDAY_FACTORS = [0.45, 1.15, 1.3, 1.25, 1.2, 1.05, 0.6];
/** How busy each hour of the day (UTC) is: a morning peak, a lunch dip, an afternoon, a long evening. */
const HOUR_WEIGHTS = [1, 1, 1, 1, 1, 2, 4, 7, 12, 16, 17, 15, 11, 14, 17, 16, 13, 10, 8, 7, 6, 4, 3, 2];
const HOURS = HOUR_WEIGHTS.map((weight, hour) => ({ weight, hour }));
/** On which day of the week 1970-01-01 was, Sunday being 0. */
const EPOCH_WEEKDAY = 4;

/** The year that ends where the current UTC day begins, in days numbered from 0. */
export class Timeline {
  readonly start: Instant;

  /** @param end the first instant that is not told any more; a midnight, UTC */
  constructor(readonly end: Instant) {
    this.start = end - BigInt(DAYS) * DAY;
  }

  /** The day of an instant. */
  dayOf(at: Instant): number {
    return Number((at - this.start) / DAY);
  }

  /** A moment of a day, to the second, likelier when people are awake. */
  momentOf(day: number, random: Random): Instant {
    const { hour } = random.pickWeighted(HOURS, ({ weight }) => weight);
    const inHour = BigInt(random.integer(0, 3_599)) * SECOND;
    return this.start + BigInt(day) * DAY + BigInt(hour) * HOUR + inHour;
  }

  /** How many deployments people start on a day: more every month, fewer at weekends, never quite as many as planned. */
  deploymentsOn(day: number, random: Random): number {
    const rate = FIRST_DAY_RATE + (GROWTH * day) / (DAYS - 1);
    const mood = 0.75 + random.fraction() / 2;
    return Math.round(rate * (WEEKDAY_FACTORS[this.weekdayOf(day)] as number) * mood);
  }

  private weekdayOf(day: number): number {
    return Number((this.start / DAY + BigInt(day + EPOCH_WEEKDAY)) % 7n);
  }
}

/** What is still to happen, soonest first; what is added for one moment happens in the order of adding. */
export class Agenda {
  private readonly items: { readonly at: Instant; readonly act: (at: Instant) => void }[] = [];

  add(at: Instant, act: (at: Instant) => void): void {
    let [low, high] = [0, this.items.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.items[middle] as { at: Instant }).at <= at) low = middle + 1;
      else high = middle;
    }
    this.items.splice(low, 0, { at, act });
  }

  /** Lets everything before an instant happen, and what that brings about in turn. */
  runUntil(end: Instant): void {
    while ((this.items[0]?.at ?? end) < end) {
      const { at, act } = this.items.shift() as { at: Instant; act: (at: Instant) => void };
      act(at);
    }
  }
}
