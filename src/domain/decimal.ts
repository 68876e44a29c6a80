/** Credits or money as an integer of 10^-6: `1_500_000n` is 1.5. Code computes with no other representation. */
export type Micros = bigint;

/** Decimal places of credits and of money paid (docs/rules.md). */
export const MICROS_SCALE = 6;

const NUMERIC_GRAMMAR = /^-?\d+(?:\.\d+)?$/;
const INPUT_GRAMMAR = /^(?:0|[1-9]\d{0,11})(?:\.\d{1,6})?$/;

/**
 * Reads a decimal of the HTTP contract: up to 12 digits and up to 6 places, without sign, exponent or superfluous
 * leading zeros. Trailing zeros are dropped.
 *
 * @returns millionths, or null if the text is not such a decimal
 */
export function parseDecimal(text: string): Micros | null {
  return INPUT_GRAMMAR.test(text) ? scaledFrom(text, MICROS_SCALE) : null;
}

/**
 * Reads a `numeric` that PostgreSQL printed. It can be negative, and longer than an input can be.
 *
 * @throws RangeError if the text is not a plain decimal or needs more than 6 places; the stored state is then corrupt
 */
export function microsFromNumeric(text: string): Micros {
  return integerFromNumeric(text, MICROS_SCALE);
}

/** The same for an integer of 10^-scale. */
export function integerFromNumeric(text: string, scale: number): bigint {
  if (!NUMERIC_GRAMMAR.test(text)) throw new RangeError(`"${text}" is not a plain decimal`);
  const point = text.indexOf('.');
  if (point === -1) return BigInt(text + '0'.repeat(scale));
  if (/[1-9]/.test(text.slice(point + 1 + scale))) {
    throw new RangeError(`"${text}" has more than ${scale} decimal places`);
  }
  return BigInt(text.slice(0, point) + text.slice(point + 1, point + 1 + scale).padEnd(scale, '0'));
}

/** The canonical decimal string of millionths: no exponent, no superfluous zeros, never `-0` (docs/rules.md). */
export function formatDecimal(micros: Micros): string {
  return formatScaled(micros, MICROS_SCALE);
}

/** The canonical decimal string of an integer of 10^-scale. */
export function formatScaled(value: bigint, scale: number): string {
  const sign = value < 0n ? '-' : '';
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  return fraction === '' ? sign + whole : `${sign}${whole}.${fraction}`;
}

/** The value of an unsigned decimal as an integer of 10^-scale; digits beyond the scale are cut. */
export function scaledFrom(text: string, scale: number): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.slice(0, scale).padEnd(scale, '0'));
}

/**
 * Computes `value * part / whole`, cut to a millionth. All code that splits a value uses it (docs/rules.md, "Lots").
 * If `part = whole`, the result is the value itself; so a lot or allocation that is used up has given all its value.
 */
export function proportion(value: Micros, part: Micros, whole: Micros): Micros {
  return part === whole ? value : (value * part) / whole;
}
