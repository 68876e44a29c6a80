/** Credits or money as an integer of 10^-6: `1_500_000n` is 1.5. The only representation that code computes with. */
export type Micros = bigint;

/** Decimal places of credits and of money paid (docs/rules.md). */
export const MICROS_SCALE = 6;

const ONE: Micros = 1_000_000n;
const NUMERIC_GRAMMAR = /^-?\d+(?:\.\d+)?$/;
const INPUT_GRAMMAR = /^(?:0|[1-9]\d{0,11})(?:\.\d{1,6})?$/;

/**
 * Reads a decimal as the HTTP contract writes it: up to 12 digits, up to 6 places, no sign, exponent or superfluous
 * leading zero; trailing zeros are dropped.
 *
 * @returns millionths, or null where the text is not such a decimal
 */
export function parseDecimal(text: string): Micros | null {
  return INPUT_GRAMMAR.test(text) ? scaledFrom(text, MICROS_SCALE) : null;
}

/**
 * Reads a decimal that PostgreSQL printed (a `numeric`), which may be negative or longer than an input may be.
 *
 * @throws RangeError where the text is no plain decimal or needs more than 6 places: stored state would be corrupt
 */
export function microsFromNumeric(text: string): Micros {
  if (!NUMERIC_GRAMMAR.test(text)) throw new RangeError(`"${text}" is not a plain decimal`);
  const point = text.indexOf('.');
  if (point === -1) return BigInt(text) * ONE;
  if (/[1-9]/.test(text.slice(point + 1 + MICROS_SCALE))) {
    throw new RangeError(`"${text}" has more than ${MICROS_SCALE} decimal places`);
  }
  return BigInt(
    text.slice(0, point) + text.slice(point + 1, point + 1 + MICROS_SCALE).padEnd(MICROS_SCALE, '0'),
  );
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

/** The integer of 10^-scale of an unsigned decimal; digits beyond the scale are cut. */
export function scaledFrom(text: string, scale: number): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.slice(0, scale).padEnd(scale, '0'));
}

/**
 * `value * part / whole`, cut to the unit: the one way in which value is split in proportion (docs/rules.md, "Lots").
 * `part = whole` gives the value itself, so a lot or allocation that is used up has given exactly what was paid for it.
 */
export function proportion(value: Micros, part: Micros, whole: Micros): Micros {
  return part === whole ? value : (value * part) / whole;
}
