/** Days and instants in the format of the user's locale. */

/** @typedef {string} Day `YYYY-MM-DD` */

const UTC = 'UTC';

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/**
 * @param {string} key
 * @param {Intl.DateTimeFormatOptions} options
 * @returns {Intl.DateTimeFormat}
 */
function format(key, options) {
  let made = formats.get(key);
  if (made === undefined) formats.set(key, (made = new Intl.DateTimeFormat(undefined, options)));
  return made;
}

/**
 * @param {Day} day
 * @returns {Date} its midnight in UTC, for counting and formatting days
 */
function utc(day) {
  return new Date(`${day}T00:00:00Z`);
}

/**
 * @param {Day} day
 * @returns {string} 12 Nov 2026
 */
export function dayName(day) {
  return format('day', { dateStyle: 'medium', timeZone: 'UTC' }).format(utc(day));
}

/**
 * @param {Day} first
 * @param {Day} last
 * @returns {string} 1 – 12 Nov 2026
 */
export function rangeName(first, last) {
  return format('day', { dateStyle: 'medium', timeZone: 'UTC' }).formatRange(utc(first), utc(last));
}

/**
 * @param {string} month `YYYY-MM`
 * @returns {string} November 2026
 */
export function monthName(month) {
  return format('month', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(utc(`${month}-01`));
}

/**
 * @param {string} instant
 * @param {string} timeZone IANA name
 * @returns {string} 12 Nov 2026, 14:05; with the suffix UTC if this browser does not support the zone
 */
export function instantName(instant, timeZone) {
  const isKnown = isKnownZone(timeZone);
  const zone = isKnown ? timeZone : UTC;
  const name = format(`instant ${zone}`, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(
    new Date(instant),
  );
  return isKnown ? name : `${name} ${UTC}`;
}

/**
 * Whether this browser supports the zone. The service decides which zones exist; an address can name any of them.
 *
 * @param {string} timeZone
 * @returns {boolean}
 */
function isKnownZone(timeZone) {
  try {
    format(`zone ${timeZone}`, { timeZone });
    return true;
  } catch {
    return false;
  }
}

/**
 * A period of a chart, in short for an axis or in full.
 *
 * @param {string} key `2026-05-01`, `2026-W18` or `2026-05`
 * @param {'short' | 'long'} form
 * @returns {string}
 */
export function periodName(key, form) {
  if (/W/.test(key)) return weekName(key, form);
  if (key.length === 7) {
    return form === 'long'
      ? monthName(key)
      : format('short month', { month: 'short', year: '2-digit', timeZone: 'UTC' }).format(utc(`${key}-01`));
  }
  return form === 'long'
    ? format('long day', { dateStyle: 'full', timeZone: 'UTC' }).format(utc(key))
    : format('short day', { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(utc(key));
}

/**
 * @param {string} key `2026-W18`
 * @param {'short' | 'long'} form
 * @returns {string}
 */
function weekName(key, form) {
  const monday = mondayOf(key);
  if (form === 'short') return periodName(monday, 'short');
  return `${key.slice(5)}: ${rangeName(monday, addDays(monday, 6))}`;
}

/**
 * @param {string} week `2026-W18`
 * @returns {Day} its Monday; the week with 4 January is the first (ISO 8601)
 */
function mondayOf(week) {
  const [year = '', number = ''] = week.split('-W');
  const fourth = `${year}-01-04`;
  const weekday = (utc(fourth).getUTCDay() + 6) % 7;
  return addDays(fourth, (Number(number) - 1) * 7 - weekday);
}

/**
 * @param {Day} day
 * @param {number} days
 * @returns {Day}
 */
export function addDays(day, days) {
  return new Date(utc(day).getTime() + days * 86_400_000).toISOString().slice(0, 10);
}

/**
 * @param {Day} first
 * @param {Day} last
 * @returns {number} number of days, both included
 */
export function daysFrom(first, last) {
  return Math.round((utc(last).getTime() - utc(first).getTime()) / 86_400_000) + 1;
}

/**
 * @param {string} text
 * @returns {boolean} whether it is a day that exists
 */
export function isDay(text) {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(utc(text).getTime()) && addDays(text, 0) === text;
}

/**
 * @param {string} timeZone IANA name
 * @param {Date} now
 * @returns {Day} the current day in the zone; in UTC if this browser does not support the zone
 */
export function today(timeZone, now) {
  const zone = isKnownZone(timeZone) ? timeZone : UTC;
  const parts = format(`today ${zone}`, {
    timeZone: zone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(now);
  const part = (/** @type {string} */ type) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
}
