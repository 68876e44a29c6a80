/**
 * Exact decimals as the API writes them (`"12"`, `"0.5"`), computed as integers of 10^-12. Credits and money are never
 * floats.
 */

const PLACES = 12;
const ONE = 10n ** BigInt(PLACES);
const CANONICAL = /^(-?)(\d+)(?:\.(\d{1,12}))?$/;

/**
 * @param text a decimal with at most 12 places
 * @returns in units of 10^-12
 */
export function units(text: string): bigint {
  const match = CANONICAL.exec(text);
  if (match === null) throw new RangeError(`"${text}" is not a decimal`);
  const [, sign, whole = '', fraction = ''] = match;
  const value = BigInt(whole) * ONE + BigInt(fraction.padEnd(PLACES, '0'));
  return sign === '-' ? -value : value;
}

/**
 * @param value in units of 10^-12
 * @returns the canonical decimal
 */
export function decimal(value: bigint): string {
  const size = value < 0n ? -value : value;
  const fraction = (size % ONE).toString().padStart(PLACES, '0').replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${size / ONE}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Returns their exact sum. */
export function sum(texts: readonly string[]): string {
  return decimal(texts.reduce((total, text) => total + units(text), 0n));
}

/** Returns the exact difference. */
export function difference(from: string, what: string): string {
  return decimal(units(from) - units(what));
}

/**
 * A part of a whole for people to compare; no figure is computed from it.
 *
 * @returns tenths of a percent, rounded half up; null if the whole is 0
 */
export function permille(part: string, whole: string): number | null {
  const all = units(whole);
  if (all === 0n) return null;
  const doubled = (units(part) * 2000n) / all;
  return Number(doubled < 0n ? (doubled - 1n) / 2n : (doubled + 1n) / 2n);
}

/** A value as a position or length in pixels; never shown as a figure. */
export function plotted(text: string): number {
  return Number(text);
}
