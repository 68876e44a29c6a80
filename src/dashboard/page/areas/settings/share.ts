/** The partners' share as it is typed. */

import { units } from '../../exact/decimal.js';

/** 0 to 100 with at most 4 places, as the service accepts it. */
const SHARE = /^(?:100(?:\.0{1,4})?|\d{1,2}(?:\.\d{1,4})?)$/;
/** A group of three digits after a comma or a point: a thousand, and not a share. */
const THOUSANDS = /^\d{1,3}[,.]000$/;

/** The typed share in the service's spelling; null if it is not a share. */
export function typedShare(typed: string): string | null {
  const trimmed = typed.trim();
  if (THOUSANDS.test(trimmed)) return null;
  const text = trimmed.replace(',', '.').replace(/^0+(?=\d)/, '');
  return SHARE.test(text) ? text : null;
}

export function isSameShare(one: string, other: string): boolean {
  return units(one) === units(other);
}
