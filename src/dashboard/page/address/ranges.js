/** The ranges of the buttons, as days in the chosen time zone; the service computes when a day begins. */

import { addDays, daysFrom } from '../exact/time.js';

/** @typedef {import('../exact/time.js').Day} Day */
/** @typedef {{ readonly first: Day, readonly last: Day }} Range both days included */

export const PRESETS = /** @type {const} */ ({
  'last-30-days': 'Last 30 days',
  'this-month': 'This month',
  'last-month': 'Last month',
  'this-quarter': 'This quarter',
  'this-year': 'This year',
  all: 'All time',
});

/** @typedef {keyof typeof PRESETS} Preset */

/**
 * @param {Preset} preset
 * @param {Day} today in the time zone of the report
 * @returns {Range | null} up to today if the period is not over; null: open at both ends
 */
export function presetRange(preset, today) {
  switch (preset) {
    case 'all':
      return null;
    case 'last-30-days':
      return { first: addDays(today, -29), last: today };
    case 'this-month':
      return { first: monthStart(today, 0), last: today };
    case 'last-month':
      return { first: monthStart(today, -1), last: addDays(monthStart(today, 0), -1) };
    case 'this-quarter':
      return { first: monthStart(today, -(month(today) % 3)), last: today };
    case 'this-year':
      return { first: `${today.slice(0, 4)}-01-01`, last: today };
  }
}

/**
 * @typedef {object} Before the range to compare with
 * @property {Day} first
 * @property {Day} last
 * @property {'whole' | 'running' | 'days'} kind the whole period before; the same days of it; the same number of days
 *   immediately before
 * @property {number} months length of the period; 0: not a calendar period
 */

/** Lengths of calendar periods in months. */
const PERIODS = /** @type {const} */ ([1, 3, 12]);
/** Length in months of the period that a preset shows up to today. @type {Partial<Record<Preset, number>>} */
const MONTHS_OF = { 'this-month': 1, 'this-quarter': 3, 'this-year': 12 };

/**
 * The range to compare with. A whole calendar month, quarter or year is compared with the whole one before it, a
 * running one with the same days of the one before, and any other range with the same number of days immediately before
 * it.
 *
 * @param {Preset | null} preset null: two dates
 * @param {Range | null} range
 * @param {Day} today in the time zone of the report
 * @returns {Before | null} null if there is nothing before
 */
export function periodBefore(preset, range, today) {
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

/**
 * @param {Day} day
 * @param {number} months
 * @returns {boolean} whether a calendar period of this many months begins on the day
 */
function isPeriodStart(day, months) {
  return day.endsWith('-01') && month(day) % months === 0;
}

/**
 * @param {Day} first
 * @param {number} months
 * @returns {Day} the last day of this many months
 */
function lastDay(first, months) {
  return addDays(monthStart(first, months), -1);
}

/**
 * @param {Day} day
 * @param {number} months later
 * @returns {Day} the same day of that month, or its last one if it has no such day
 */
function monthsLater(day, months) {
  const start = monthStart(day, months);
  const same = `${start.slice(0, 8)}${day.slice(8)}`;
  const end = lastDay(start, 1);
  return same < end ? same : end;
}

/**
 * @param {Day} day
 * @returns {number} 0 to 11
 */
function month(day) {
  return Number(day.slice(5, 7)) - 1;
}

/**
 * @param {Day} day
 * @param {number} months later
 * @returns {Day} the first day of that month
 */
function monthStart(day, months) {
  return new Date(Date.UTC(Number(day.slice(0, 4)), month(day) + months, 1)).toISOString().slice(0, 10);
}
