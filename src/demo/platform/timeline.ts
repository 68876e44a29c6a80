import type { Instant } from '../../domain/index.js';
import type { Random } from './random.js';

export const SECOND: Instant = 1_000_000n;
export const MINUTE: Instant = 60n * SECOND;
export const HOUR: Instant = 60n * MINUTE;
export const DAY: Instant = 24n * HOUR;

/** Days of the demo's year. */
export const DAYS = 365;

/** Average deployments per day on the first day, and their increase until the last day. */
const FIRST_DAY_RATE = 9;
const GROWTH = 26;
/** Sunday first; most deployments are from Monday to Friday. */
const WEEKDAY_FACTORS = [0.45, 1.15, 1.3, 1.25, 1.2, 1.05, 0.6];
/** Weight of each hour of the day (UTC): a morning peak, a lunch dip, an afternoon, a long evening. */
const HOUR_WEIGHTS = [1, 1, 1, 1, 1, 2, 4, 7, 12, 16, 17, 15, 11, 14, 17, 16, 13, 10, 8, 7, 6, 4, 3, 2];
const HOURS = HOUR_WEIGHTS.map((weight, hour) => ({ weight, hour }));
/** The weekday of 1970-01-01; Sunday is 0. */
const EPOCH_WEEKDAY = 4;

/** The year that ends at the start of the current UTC day; its days are numbered from 0. */
export class Timeline {
  readonly start: Instant;

  /** @param end the first instant after the year: a midnight in UTC */
  constructor(readonly end: Instant) {
    this.start = end - BigInt(DAYS) * DAY;
  }

  /** The day of an instant. */
  dayOf(at: Instant): number {
    return Number((at - this.start) / DAY);
  }

  /** An instant of a day, to the second; more likely at busy hours. */
  momentOf(day: number, random: Random): Instant {
    const { hour } = random.pickWeighted(HOURS, ({ weight }) => weight);
    const inHour = BigInt(random.integer(0, 3_599)) * SECOND;
    return this.start + BigInt(day) * DAY + BigInt(hour) * HOUR + inHour;
  }

  /** The number of deployments on a day: more every month, fewer at weekends, with random variation. */
  deploymentsOn(day: number, random: Random): number {
    const rate = FIRST_DAY_RATE + (GROWTH * day) / (DAYS - 1);
    const mood = 0.75 + random.fraction() / 2;
    return Math.round(rate * (WEEKDAY_FACTORS[this.weekdayOf(day)] as number) * mood);
  }

  private weekdayOf(day: number): number {
    return Number((this.start / DAY + BigInt(day + EPOCH_WEEKDAY)) % 7n);
  }
}

/** Future events, the soonest first. Events for the same instant run in the order in which they were added. */
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

  /** Runs all events before an instant, including those that they add. */
  runUntil(end: Instant): void {
    while ((this.items[0]?.at ?? end) < end) {
      const { at, act } = this.items.shift() as { at: Instant; act: (at: Instant) => void };
      act(at);
    }
  }
}
