/**
 * Figures in the format of the user's locale, with all their digits. `Intl.NumberFormat` accepts decimal strings as
 * exact numbers, so nothing is rounded.
 */

import { locale } from '../preferences/preferences.js';
import { placesOfCurrency } from './currency.js';
import { units } from './decimal.js';

/** Places of credits that people read; finer parts are rare. */
const CREDIT_PLACES = 2;

const formats = new Map<string, Intl.NumberFormat>();

function format(key: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const full = `${locale.value} ${key}`;
  let made = formats.get(full);
  if (made === undefined) formats.set(full, (made = new Intl.NumberFormat(locale.value, options)));
  return made;
}

function placesOf(text: string): number {
  return text.split('.')[1]?.length ?? 0;
}

/** @param currency ISO 4217 */
function moneyFormat(amount: string, currency: string): Intl.NumberFormat {
  return currencyFormat(currency, Math.max(placesOfCurrency(currency), placesOf(amount)));
}

/** @param signDisplay `negative`: an amount that is rounded to 0 has no sign */
function currencyFormat(
  currency: string,
  places: number,
  signDisplay: 'auto' | 'negative' = 'auto',
): Intl.NumberFormat {
  return format(`${currency} ${places} ${signDisplay}`, {
    style: 'currency',
    signDisplay,
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: places,
    maximumFractionDigits: places,
  });
}

/**
 * A money amount in full.
 *
 * @param currency ISO 4217
 */
export function money(amount: string, currency: string): string {
  return moneyFormat(amount, currency).format(amount as Intl.StringNumericLiteral);
}

/**
 * A money amount rounded to the places of its currency, as people read it. Nothing is computed from it.
 *
 * @param currency ISO 4217
 */
export function roundedMoney(amount: string, currency: string): string {
  const places = placesOfCurrency(currency);
  return currencyFormat(currency, places, 'negative').format(amount as Intl.StringNumericLiteral);
}

/** Whether an amount has digits after the places of its currency. */
export function isFinerThanCurrency(amount: string, currency: string): boolean {
  return placesOf(amount) > placesOfCurrency(currency);
}

/**
 * A money amount in full, in three parts: up to the places of its currency, the digits after them, and the locale's
 * suffix.
 *
 * @param currency ISO 4217
 */
export function moneyParts(amount: string, currency: string): { head: string; tail: string; after: string } {
  const parts = moneyFormat(amount, currency).formatToParts(amount as unknown as number);
  return split(parts, placesOfCurrency(currency));
}

/** @param places number of places in the head; if 0, the point is in the tail */
function split(
  parts: readonly Intl.NumberFormatPart[],
  places: number,
): { head: string; tail: string; after: string } {
  const fraction = parts.findIndex(({ type }) => type === 'fraction');
  const text = (some: readonly Intl.NumberFormatPart[]) => some.map(({ value }) => value).join('');
  if (fraction < 0) return { head: text(parts), tail: '', after: '' };
  const digits = [...(parts[fraction]?.value ?? '')];
  const before = places === 0 ? fraction - 1 : fraction;
  return {
    head: text(parts.slice(0, before)) + digits.slice(0, places).join(''),
    tail: text(parts.slice(before, fraction)) + digits.slice(places).join(''),
    after: text(parts.slice(fraction + 1)),
  };
}

/** Credits, or any decimal without a unit. */
export function credits(amount: string): string {
  const places = placesOf(amount);
  return format(`decimal ${places}`, { minimumFractionDigits: places }).format(
    amount as Intl.StringNumericLiteral,
  );
}

/** Credits as people read them: at most two places. Nothing is computed from it. */
export function roundedCredits(amount: string): string {
  const places = Math.min(placesOf(amount), CREDIT_PLACES);
  return format(`rounded ${places}`, { minimumFractionDigits: places, maximumFractionDigits: places }).format(
    amount as Intl.StringNumericLiteral,
  );
}

/** @param value a count */
export function count(value: number): string {
  return format('count', {}).format(value);
}

/** @param tenths of a percent */
export function percent(tenths: number): string {
  return format('percent', { style: 'percent', maximumFractionDigits: 1 }).format(tenths / 1000);
}

/**
 * A share with all its places.
 *
 * @param share percent
 */
export function share(share: string): string {
  return `${credits(share)}\u202f%`;
}

/** Returns the amount compared with zero. */
export function signOf(amount: string): 'less' | 'none' | 'more' {
  const value = units(amount);
  return value < 0n ? 'less' : value === 0n ? 'none' : 'more';
}

export function fileSize(bytes: number): string {
  const [size, unit] = bytes < 1_000_000 ? [bytes / 1000, 'kilobyte'] : [bytes / 1_000_000, 'megabyte'];
  return format(unit, { style: 'unit', unit, maximumFractionDigits: 1 }).format(size);
}
