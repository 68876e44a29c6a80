/** Days and instants in the format of the user's locale. */

import { locale } from '../preferences/preferences.js';

/** `YYYY-MM-DD` */
export type Day = string;

const UTC = 'UTC';

const formats = new Map<string, Intl.DateTimeFormat>();

function format(key: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const full = `${locale.value} ${key}`;
  let made = formats.get(full);
  if (made === undefined) formats.set(full, (made = new Intl.DateTimeFormat(locale.value, options)));
  return made;
}

/** Returns its midnight in UTC, for counting and formatting days. */
function utc(day: Day): Date {
  return new Date(`${day}T00:00:00Z`);
}

/** Returns 12 Nov 2026. */
export function dayName(day: Day): string {
  return format('day', { dateStyle: 'medium', timeZone: 'UTC' }).format(utc(day));
}

/** Returns 1 – 12 Nov 2026. */
export function rangeName(first: Day, last: Day): string {
  return format('day', { dateStyle: 'medium', timeZone: 'UTC' }).formatRange(utc(first), utc(last));
}

/**
 * @param month `YYYY-MM`
 * @returns November 2026
 */
export function monthName(month: string): string {
  return format('month', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(utc(`${month}-01`));
}

/**
 * @param timeZone IANA name
 * @returns 12 Nov 2026, 14:05; with the suffix UTC if this browser does not support the zone
 */
export function instantName(instant: string, timeZone: string): string {
  const isKnown = isKnownZone(timeZone);
  const zone = isKnown ? timeZone : UTC;
  const name = format(`instant ${zone}`, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(
    new Date(instant),
  );
  return isKnown ? name : `${name} ${UTC}`;
}

/** Whether this browser supports the zone. The service decides which zones exist; an address can name any of them. */
function isKnownZone(timeZone: string): boolean {
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
 * @param key `2026-05-01`, `2026-W18` or `2026-05`
 */
export function periodName(key: string, form: 'short' | 'long'): string {
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

/** @param key `2026-W18` */
function weekName(key: string, form: 'short' | 'long'): string {
  const monday = mondayOf(key);
  if (form === 'short') return periodName(monday, 'short');
  return `${key.slice(5)}: ${rangeName(monday, addDays(monday, 6))}`;
}

/**
 * @param week `2026-W18`
 * @returns its Monday; the week with 4 January is the first (ISO 8601)
 */
export function mondayOf(week: string): Day {
  const [year = '', number = ''] = week.split('-W');
  const fourth = `${year}-01-04`;
  const weekday = (utc(fourth).getUTCDay() + 6) % 7;
  return addDays(fourth, (Number(number) - 1) * 7 - weekday);
}

export function addDays(day: Day, days: number): Day {
  return new Date(utc(day).getTime() + days * 86_400_000).toISOString().slice(0, 10);
}

/** Returns number of days, both included. */
export function daysFrom(first: Day, last: Day): number {
  return Math.round((utc(last).getTime() - utc(first).getTime()) / 86_400_000) + 1;
}

/** Returns whether it is a day that exists. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(utc(text).getTime()) && addDays(text, 0) === text;
}

/**
 * @param timeZone IANA name
 * @returns the day of an instant in the zone; in UTC if this browser does not support the zone
 */
export function localDay(instant: string, timeZone: string): Day {
  return today(timeZone, new Date(instant));
}

/** The first instant of a day in the zone as that day, another instant with its time. */
export function beginningName(instant: string, timeZone: string): string {
  const day = localDay(instant, timeZone);
  const before = today(timeZone, new Date(new Date(instant).getTime() - 1));
  return day === before ? instantName(instant, timeZone) : dayName(day);
}

/**
 * @param timeZone IANA name
 * @returns the current day in the zone; in UTC if this browser does not support the zone
 */
export function today(timeZone: string, now: Date): Day {
  const zone = isKnownZone(timeZone) ? timeZone : UTC;
  const parts = format(`today ${zone}`, {
    timeZone: zone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(now);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
}
