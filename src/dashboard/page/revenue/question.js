/** The question that the address asks, with its dates, its time zone and the period to compare with filled in. */

import { periodBefore, presetRange } from '../address/ranges.js';
import { filterQuery } from '../api/revenue.js';
import { daysFrom, rangeName, dayName, today } from '../exact/time.js';
import { beforeText } from './period-before.js';

/** @typedef {import('../address/address.js').Address} Address */
/** @typedef {import('../api/client.js').Query} Query */
/** @typedef {import('../api/revenue.js').OpenRange} OpenRange */
/** @typedef {import('../api/settings.js').Platform} Platform */

/**
 * @typedef {object} Question
 * @property {Address} address
 * @property {string} timeZone
 * @property {OpenRange | null} range null: no ends
 * @property {Query} filter
 * @property {Query | null} filterBefore for the period before; null if there is none
 * @property {string | null} nameBefore the days of that period
 * @property {string | null} textBefore the period before, in words
 * @property {'day' | 'week' | 'month'} unit of the chart
 */

/** The most days that are shown as days, and the most that are shown as weeks. */
const MOST_DAYS = 92;
const MOST_DAYS_OF_WEEKS = 731;

/**
 * @param {Address} address
 * @param {Platform} platform
 * @param {Date} now
 * @returns {Question}
 */
export function questionOf(address, platform, now) {
  const timeZone = address.timeZone ?? platform.timeZone;
  const day = today(timeZone, now);
  const range = rangeOf(address, day);
  const whole = range !== null && range.first !== null && range.last !== null ? { ...range } : null;
  const before = periodBefore(
    address.range,
    /** @type {import('../address/ranges.js').Range | null} */ (whole),
    day,
  );
  return {
    address,
    timeZone,
    range,
    filter: filterQuery(address, range, timeZone),
    filterBefore: before && filterQuery(address, before, timeZone),
    nameBefore: before && rangeName(before.first, before.last),
    textBefore: before && beforeText(before),
    unit: address.unit ?? fittingUnit(whole),
  };
}

/**
 * @param {Address} address
 * @param {string} day today
 * @returns {OpenRange | null}
 */
export function rangeOf(address, day) {
  if (address.range !== null) return presetRange(address.range, day);
  return { first: address.startDate, last: address.endDate };
}

/**
 * @param {OpenRange | null} range
 * @returns {string} in words
 */
export function rangeText(range) {
  if (range === null || (range.first === null && range.last === null)) return 'All time';
  if (range.first === null) return `Up to ${dayName(/** @type {string} */ (range.last))}`;
  return range.last === null ? `From ${dayName(range.first)}` : rangeName(range.first, range.last);
}

/**
 * @param {OpenRange | null} range
 * @returns {'day' | 'week' | 'month'}
 */
function fittingUnit(range) {
  if (range === null || range.first === null || range.last === null) return 'month';
  const days = daysFrom(range.first, range.last);
  return days <= MOST_DAYS ? 'day' : days <= MOST_DAYS_OF_WEEKS ? 'week' : 'month';
}
