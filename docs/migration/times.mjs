// @ts-check
// Reads the times of exported documents as exact microseconds since 1970, and writes them in UTC.
import { fieldOf, shown } from './values.mjs';

/**
 * What a zone's clock shows, as the microseconds of the same time in UTC, to the instants at which it does, the earlier
 * first.
 *
 * @typedef {(local: bigint) => readonly bigint[]} InstantsAt
 */
/** @typedef {(value: unknown) => bigint} TimeReader */

const MICROS_PER_SECOND = 1_000_000n;
/** Plain numbers below it (1973 in milliseconds) are most likely seconds, and a wrong guess would move them to 1970. */
const MILLISECONDS_MIN = 100_000_000_000;

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([Zz]|[+-]\d{2}(?::?\d{2})?)?$/;
const OFFSET = /^([+-])(\d{2})(?::?(\d{2}))?$/;

/**
 * Makes the reader of an export's times.
 *
 * A time is: a text in ISO 8601 with an offset; a text without one, where `timeZone` says what it is; a number of
 * milliseconds since 1970; MongoDB's `$date`; or Firestore's seconds and nanoseconds. Anything finer than a microsecond
 * is refused, and so is a day without a time.
 *
 * @param {string | null} timeZone `UTC`, an offset such as `+02:00`, or an IANA zone such as `Europe/Berlin`, for texts without an
 *        offset; null: such texts are refused. Where the clock went back, a time that it showed twice is the earlier of
 *        the two; a time that it left out is refused.
 * @param {() => void} onTwice called for each time that the clock showed twice
 * @returns {TimeReader} a function from a document's value to microseconds since 1970
 * @throws RangeError where there is no such zone
 */
export function timeReader(timeZone, onTwice = () => {}) {
  const instantsAt = timeZone === null ? null : instantsOfZone(timeZone);
  return (value) => {
    const instant =
      exported(value) ??
      number(value) ??
      (typeof value === 'string' ? iso(value, instantsAt, onTwice) : null);
    if (instant === null) throw new Error(`${shown(value)} is no time`);
    const year = new Date(Number(instant / 1_000n)).getUTCFullYear();
    if (!(year >= 1 && year <= 9999)) throw new Error(`${shown(value)} is no time of the years 1 to 9999`);
    return instant;
  };
}

/**
 * ISO 8601 in UTC, with the fewest of 0, 3 or 6 fraction digits that are exact.
 *
 * @param {bigint} instant
 */
export function utcText(instant) {
  const seconds = floorDivide(instant, MICROS_PER_SECOND);
  const fraction = String(instant - seconds * MICROS_PER_SECOND).padStart(6, '0');
  const digits =
    fraction === '000000' ? '' : `.${fraction.endsWith('000') ? fraction.slice(0, 3) : fraction}`;
  return `${new Date(Number(seconds) * 1_000).toISOString().slice(0, 19)}${digits}Z`;
}

/**
 * MongoDB's `$date` (a text in UTC, or milliseconds), and Firestore's seconds and nanoseconds; null: it is neither.
 *
 * @param {unknown} value
 */
function exported(value) {
  if (typeof value !== 'object' || value === null) return null;
  if ('$date' in value) {
    const date = String(fieldOf(value.$date, '$numberLong') ?? value.$date);
    return /^-?\d{1,15}$/.test(date) ? BigInt(date) * 1_000n : iso(date, null);
  }
  const seconds = String(fieldOf(value, 'seconds') ?? fieldOf(value, '_seconds'));
  const nanoseconds = String(fieldOf(value, 'nanoseconds') ?? fieldOf(value, '_nanoseconds'));
  if (!/^-?\d{1,12}$/.test(seconds) || !/^\d{1,9}$/.test(nanoseconds)) return null;
  if (Number(nanoseconds) % 1_000 !== 0) throw new Error(`${shown(value)} is finer than a microsecond`);
  return BigInt(seconds) * MICROS_PER_SECOND + BigInt(nanoseconds) / 1_000n;
}

/**
 * Whole milliseconds; null: it is no number.
 *
 * @param {unknown} value
 */
function number(value) {
  if (typeof value !== 'number' && !(typeof value === 'string' && /^-?\d+$/.test(value))) return null;
  const milliseconds = Number(value);
  if (!Number.isSafeInteger(milliseconds) || milliseconds < MILLISECONDS_MIN) {
    throw new Error(
      `${shown(value)} is no number of milliseconds of 1973 or later; where it counts seconds, multiply it in mapping.mjs`,
    );
  }
  return BigInt(milliseconds) * 1_000n;
}

/**
 * @param {string} text
 * @param {InstantsAt | null} instantsAt
 * @param {() => void} onTwice
 * @returns null where it is no ISO 8601 time
 */
function iso(text, instantsAt, onTwice = () => {}) {
  const match = ISO.exec(text.trim());
  if (match === null) {
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new Error(`${shown(text)} is a day without a time`);
    return null;
  }
  const [, year, month, day, hour, minute, second = '00', fraction = '', offset] = match;
  if (/[1-9]/.test(fraction.slice(6))) throw new Error(`${shown(text)} is finer than a microsecond`);
  const shownByClock = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const milliseconds = Date.parse(shownByClock);
  const exists = !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString() === shownByClock;
  if (!exists) return null;
  const local = BigInt(milliseconds) * 1_000n + BigInt(fraction.slice(0, 6).padEnd(6, '0'));
  if (offset !== undefined) return local - BigInt(offsetMinutes(offset)) * 60n * MICROS_PER_SECOND;
  if (instantsAt === null) {
    throw new Error(`${shown(text)} names no time zone; say which it is with --time-zone`);
  }
  const instants = instantsAt(local);
  const [earliest] = instants;
  if (earliest === undefined) throw new Error(`${shown(text)} was left out by the clocks of that zone`);
  if (instants.length > 1) onTwice();
  return earliest;
}

/**
 * @param {string} timeZone
 * @returns {InstantsAt}
 */
function instantsOfZone(timeZone) {
  if (OFFSET.test(timeZone)) {
    const offset = BigInt(offsetMinutes(timeZone)) * 60n * MICROS_PER_SECOND;
    return (local) => [local - offset];
  }
  const offsetAt = offsetsOf(timeZone);
  const day = 86_400n * MICROS_PER_SECOND;
  return (local) => {
    const offsets = new Set([offsetAt(local - day), offsetAt(local + day)]);
    return [...offsets]
      .map((offset) => local - offset)
      .filter((instant) => instant + offsetAt(instant) === local)
      .sort((one, other) => (one < other ? -1 : 1));
  };
}

/**
 * What a zone's clock is ahead of UTC by at an instant, in microseconds.
 *
 * @param {string} timeZone
 * @returns {(instant: bigint) => bigint}
 */
function offsetsOf(timeZone) {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (instant) => {
    const seconds = floorDivide(instant, MICROS_PER_SECOND);
    const parts = format.formatToParts(Number(seconds) * 1_000);
    /** @param {Intl.DateTimeFormatPartTypes} wanted */
    const part = (wanted) => Number(parts.find(({ type }) => type === wanted)?.value);
    const clock = Date.UTC(
      part('year'),
      part('month') - 1,
      part('day'),
      part('hour'),
      part('minute'),
      part('second'),
    );
    return BigInt(clock) * 1_000n - seconds * MICROS_PER_SECOND;
  };
}

/** @param {string} offset `Z`, or one that OFFSET matches */
function offsetMinutes(offset) {
  if (/^[Zz]$/.test(offset)) return 0;
  const [, sign, hours, minutes = '00'] = OFFSET.exec(offset) ?? [];
  if (Number(hours) > 23 || Number(minutes) > 59) throw new Error(`${offset} is no offset from UTC`);
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/**
 * @param {bigint} value
 * @param {bigint} divisor
 */
function floorDivide(value, divisor) {
  const quotient = value / divisor;
  return value % divisor < 0n ? quotient - 1n : quotient;
}
