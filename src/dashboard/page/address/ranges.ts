/** The ranges of the buttons, as days in the chosen time zone; the service computes when a day begins. */

import { addDays, daysFrom, type Day } from '../exact/time.js';

/** Both days are included. */
export interface Range {
  readonly first: Day;
  readonly last: Day;
}

/** In the order of their buttons. */
export const PRESETS = [
  'last-7-days',
  'last-30-days',
  'this-month',
  'last-month',
  'this-quarter',
  'last-quarter',
  'this-year',
  'last-year',
  'last-12-months',
  'all',
] as const;

export type Preset = (typeof PRESETS)[number];

/**
 * @param today in the time zone of the report
 * @returns up to today if the period is not over; null: open at both ends
 */
export function presetRange(preset: Preset, today: Day): Range | null {
  switch (preset) {
    case 'all':
      return null;
    case 'last-7-days':
      return { first: addDays(today, -6), last: today };
    case 'last-30-days':
      return { first: addDays(today, -29), last: today };
    case 'this-month':
      return { first: monthStart(today, 0), last: today };
    case 'last-month':
      return { first: monthStart(today, -1), last: addDays(monthStart(today, 0), -1) };
    case 'this-quarter':
      return { first: monthStart(today, -(month(today) % 3)), last: today };
    case 'last-quarter': {
      const start = monthStart(today, -(month(today) % 3));
      return { first: monthStart(start, -3), last: addDays(start, -1) };
    }
    case 'this-year':
      return { first: `${today.slice(0, 4)}-01-01`, last: today };
    case 'last-year':
      return {
        first: monthStart(today, -month(today) - 12),
        last: addDays(monthStart(today, -month(today)), -1),
      };
    case 'last-12-months':
      return { first: addDays(monthsLater(today, -12), 1), last: today };
  }
}

/** The range to compare with. */
export interface Before {
  readonly first: Day;
  readonly last: Day;
  /** The whole period before; the same days of it; the same number of days immediately before. */
  readonly kind: 'whole' | 'running' | 'days';
  /** Length of the period; 0: not a calendar period. */
  readonly months: number;
}

/** Lengths of calendar periods in months. */
const PERIODS = [1, 3, 12] as const;
/** Length in months of the period that a preset shows up to today. */
const MONTHS_OF: Partial<Record<Preset, number>> = { 'this-month': 1, 'this-quarter': 3, 'this-year': 12 };

/**
 * The range to compare with. A whole calendar month, quarter or year is compared with the whole one before it, a
 * running one with the same days of the one before, and any other range with the same number of days immediately before
 * it.
 *
 * @param preset null: two dates
 * @param today in the time zone of the report
 * @returns null if there is nothing before
 */
export function periodBefore(preset: Preset | null, range: Range | null, today: Day): Before | null {
  if (range === null) return null;
  const { first, last } = range;
  const wanted = preset === null ? undefined : MONTHS_OF[preset];
  const lengths = (wanted === undefined ? PERIODS : [wanted]).filter((months) =>
    isPeriodStart(first, months),
  );
  const whole = lengths.find((months) => last === lastDay(first, months));
  if (whole !== undefined) {
    return { first: monthStart(first, -whole), last: addDays(first, -1), kind: 'whole', months: whole };
  }
  const running = lengths.find((months) => last === today && last < lastDay(first, months));
  if (running !== undefined) {
    const start = monthStart(first, -running);
    return { first: start, last: monthsLater(last, -running), kind: 'running', months: running };
  }
  const days = daysFrom(first, last);
  return { first: addDays(first, -days), last: addDays(first, -1), kind: 'days', months: 0 };
}

/** Returns whether a calendar period of this many months begins on the day. */
function isPeriodStart(day: Day, months: number): boolean {
  return day.endsWith('-01') && month(day) % months === 0;
}

/** Returns the last day of this many months. */
function lastDay(first: Day, months: number): Day {
  return addDays(monthStart(first, months), -1);
}

/**
 * @param months later
 * @returns the same day of that month, or its last one if it has no such day
 */
function monthsLater(day: Day, months: number): Day {
  const start = monthStart(day, months);
  const same = `${start.slice(0, 8)}${day.slice(8)}`;
  const end = lastDay(start, 1);
  return same < end ? same : end;
}

/** Returns 0 to 11. */
function month(day: Day): number {
  return Number(day.slice(5, 7)) - 1;
}

/**
 * @param months later
 * @returns the first day of that month
 */
function monthStart(day: Day, months: number): Day {
  return new Date(Date.UTC(Number(day.slice(0, 4)), month(day) + months, 1)).toISOString().slice(0, 10);
}
