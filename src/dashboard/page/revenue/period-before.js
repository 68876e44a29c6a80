/** The period that a figure is compared with, in words. */

import { daysFrom, monthName } from '../exact/time.js';

/** @typedef {import('../address/ranges.js').Before} Before */

/**
 * @param {Before} before
 * @returns {string} the text after a figure: in January 2026
 */
export function beforeText(before) {
  const days = daysFrom(before.first, before.last);
  switch (before.kind) {
    case 'whole':
      return `in ${periodName(before)}`;
    case 'running':
      return `on the same ${days === 1 ? 'day' : 'days'} of ${periodName(before)}`;
    case 'days':
      return days === 1 ? 'on the day before' : `in the ${days} days before`;
  }
}

/**
 * @param {Before} before of the calendar
 * @returns {string} January 2026, Q1 2026 or 2026
 */
function periodName({ first, months }) {
  const year = first.slice(0, 4);
  if (months === 12) return year;
  return months === 3 ? `Q${Math.ceil(Number(first.slice(5, 7)) / 3)} ${year}` : monthName(first.slice(0, 7));
}
