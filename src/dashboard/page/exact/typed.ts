/** Decimals as people type them. */

import { locale } from '../preferences/preferences.js';
import { units } from './decimal.js';

/** At most 12 digits before the point and 6 after it, as the service accepts them. */
const DECIMAL = /^\d{1,12}(?:\.\d{1,6})?$/;

/**
 * A typed decimal above 0, in the service's spelling. Both a comma and a point are read as the decimal mark; the mark
 * that separates thousands in the reader's language is refused if three digits follow it, because it could mean both.
 *
 * @returns null: not a decimal above 0
 */
export function typedAmount(typed: string): string | null {
  const trimmed = typed.trim();
  const thousands = decimalMark() === '.' ? ',' : '.';
  if (new RegExp(`^\\d{1,3}\\${thousands}\\d{3}$`).test(trimmed)) return null;
  const text = trimmed.replace(',', '.').replace(/^0+(?=\d)/, '');
  return DECIMAL.test(text) && units(text) > 0n ? text : null;
}

function decimalMark(): string {
  const parts = new Intl.NumberFormat(locale.value).formatToParts(1.5);
  return parts.find(({ type }) => type === 'decimal')?.value ?? '.';
}
