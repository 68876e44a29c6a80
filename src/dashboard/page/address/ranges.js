/** The ranges that one click gives, as days in the chosen time zone; the service computes where a day begins. */

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
 * @returns {Range | null} up to today where the period is not over; null: no ends
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
 * What a range is compared with: as many days of the period before. A month is compared with the month before it,
 * a whole one with a whole one.
 *
 * @param {Preset | null} preset null: two dates
 * @param {Range | null} range
 * @returns {Range | null} null where there is nothing before
 */
export function periodBefore(preset, range) {
  if (range === null) return null;
  const { first, last } = range;
  if (preset === 'last-month') return { first: monthStart(first, -1), last: addDays(first, -1) };
  const months = preset === null ? 0 : (MONTHS_OF[preset] ?? 0);
  if (months === 0) {
    const days = daysFrom(first, last);
    return { first: addDays(first, -days), last: addDays(first, -1) };
  }
  const before = monthStart(first, -months);
  const sameLength = addDays(before, daysFrom(first, last) - 1);
  return { first: before, last: sameLength < first ? sameLength : addDays(first, -1) };
}

/** How long the period is that a preset shows the part of up to today. @type {Partial<Record<Preset, number>>} */
const MONTHS_OF = { 'this-month': 1, 'this-quarter': 3, 'this-year': 12 };

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
