/**
 * Figures in the format of the user's locale, with all their digits. `Intl.NumberFormat` accepts decimal strings as
 * exact numbers, so nothing is rounded.
 */

import { placesOfCurrency } from './currency.js';
import { units } from './decimal.js';

/** @type {Map<string, Intl.NumberFormat>} */
const formats = new Map();

/**
 * @param {string} key
 * @param {Intl.NumberFormatOptions} options
 * @returns {Intl.NumberFormat}
 */
function format(key, options) {
  let made = formats.get(key);
  if (made === undefined) formats.set(key, (made = new Intl.NumberFormat(undefined, options)));
  return made;
}

/**
 * @param {string} text
 * @returns {number}
 */
function placesOf(text) {
  return text.split('.')[1]?.length ?? 0;
}

/**
 * @param {string} amount
 * @param {string} currency ISO 4217
 * @returns {Intl.NumberFormat}
 */
function moneyFormat(amount, currency) {
  const places = Math.max(placesOfCurrency(currency), placesOf(amount));
  return format(`${currency} ${places}`, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: places,
    maximumFractionDigits: places,
  });
}

/**
 * A money amount in full.
 *
 * @param {string} amount
 * @param {string} currency ISO 4217
 * @returns {string}
 */
export function money(amount, currency) {
  return moneyFormat(amount, currency).format(/** @type {Intl.StringNumericLiteral} */ (amount));
}

/**
 * A money amount in full, in three parts: up to the places of its currency, the digits after them, and the locale's
 * suffix.
 *
 * @param {string} amount
 * @param {string} currency ISO 4217
 * @returns {{ head: string, tail: string, after: string }}
 */
export function moneyParts(amount, currency) {
  const parts = moneyFormat(amount, currency).formatToParts(
    /** @type {Intl.StringNumericLiteral} */ (amount),
  );
  return split(parts, placesOfCurrency(currency));
}

/**
 * @param {readonly Intl.NumberFormatPart[]} parts
 * @param {number} places number of places in the head; if 0, the point is in the tail
 * @returns {{ head: string, tail: string, after: string }}
 */
function split(parts, places) {
  const fraction = parts.findIndex(({ type }) => type === 'fraction');
  const text = (/** @type {readonly Intl.NumberFormatPart[]} */ some) =>
    some.map(({ value }) => value).join('');
  if (fraction < 0) return { head: text(parts), tail: '', after: '' };
  const digits = [...(parts[fraction]?.value ?? '')];
  const before = places === 0 ? fraction - 1 : fraction;
  return {
    head: text(parts.slice(0, before)) + digits.slice(0, places).join(''),
    tail: text(parts.slice(before, fraction)) + digits.slice(places).join(''),
    after: text(parts.slice(fraction + 1)),
  };
}

/**
 * Credits, or any decimal without a unit.
 *
 * @param {string} amount
 * @returns {string}
 */
export function credits(amount) {
  const places = placesOf(amount);
  return format(`decimal ${places}`, { minimumFractionDigits: places }).format(
    /** @type {Intl.StringNumericLiteral} */ (amount),
  );
}

/**
 * @param {number} value a count
 * @returns {string}
 */
export function count(value) {
  return format('count', {}).format(value);
}

/**
 * @param {number} tenths of a percent
 * @returns {string}
 */
export function percent(tenths) {
  return format('percent', { style: 'percent', maximumFractionDigits: 1 }).format(tenths / 1000);
}

/**
 * A share with all its places.
 *
 * @param {string} share percent
 * @returns {string}
 */
export function share(share) {
  return `${credits(share)}\u202f%`;
}

/**
 * @param {string} amount
 * @returns {'less' | 'none' | 'more'} the amount compared with zero
 */
export function signOf(amount) {
  const value = units(amount);
  return value < 0n ? 'less' : value === 0n ? 'none' : 'more';
}

/**
 * @param {number} bytes
 * @returns {string}
 */
export function fileSize(bytes) {
  const [size, unit] = bytes < 1_000_000 ? [bytes / 1000, 'kilobyte'] : [bytes / 1_000_000, 'megabyte'];
  return format(unit, { style: 'unit', unit, maximumFractionDigits: 1 }).format(size);
}
