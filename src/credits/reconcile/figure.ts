import { formatScaled, MICROS_SCALE, scaledFrom, type Micros } from '../../domain/index.js';
import { decimal, FieldRefusal, type FieldReader } from '../commands/json-fields.js';

/** Places that a figure of other books may have: more than any double between 0.000000001 and its limits needs. */
const FIGURE_SCALE = 60;
const DIGITS_MAX = 30;
const PER_MICRO = 10n ** BigInt(FIGURE_SCALE - MICROS_SCALE);
const FLOAT = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** A figure of other books, exact: an integer of 10^-60, which may be below 0. */
export type Figure = bigint;

/** How figures of other books are read and compared. */
export interface FigureReading {
  /**
   * Null: figures are decimals as everywhere (docs/contract.md, "Decimals") and have to be the same. Else they may be
   * any number that a floating-point system prints, and a difference up to this is none.
   */
  readonly tolerance: Micros | null;
  /** A comma stands before the decimals. */
  readonly hasDecimalComma: boolean;
}

/** The reader of a field that holds a figure. */
export function figureReader({ tolerance, hasDecimalComma }: FigureReading): FieldReader<Figure> {
  return (value) => {
    const text = hasDecimalComma && typeof value === 'string' ? value.replace(',', '.') : value;
    return tolerance === null ? figureOfMicros(decimal(text)) : float(text);
  };
}

export function figureOfMicros(micros: Micros): Figure {
  return micros * PER_MICRO;
}

/** Of PostgreSQL's text of a figure that was stored. */
export function figureFromNumeric(text: string): Figure {
  const size = scaledFrom(text.replace('-', ''), FIGURE_SCALE);
  return text.startsWith('-') ? -size : size;
}

export function formatFigure(figure: Figure): string {
  return formatScaled(figure, FIGURE_SCALE);
}

/** How far two figures are apart; 0 where that is within the tolerance. */
export function distance(one: Figure, other: Figure, { tolerance }: FigureReading): Figure {
  const apart = one < other ? other - one : one - other;
  return apart <= figureOfMicros(tolerance ?? 0n) ? 0n : apart;
}

/** Exact: digits are moved, nothing is computed in floating point. JSON's numbers are read as JavaScript prints them. */
function float(value: unknown): Figure {
  const match = typeof value === 'number' || typeof value === 'string' ? FLOAT.exec(String(value)) : null;
  if (match !== null) {
    const [, sign, whole = '', fraction = '', exponent = '0'] = match;
    const digits = (whole + fraction).replace(/0+$/, '');
    const places = fraction.length - Number(exponent) - (whole + fraction).length + digits.length;
    const size = digits.replace(/^0+/, '').length - places;
    if (digits === '') return 0n;
    if (places <= FIGURE_SCALE && size <= DIGITS_MAX) {
      const figure = BigInt(digits) * 10n ** BigInt(FIGURE_SCALE - places);
      return sign === '-' ? -figure : figure;
    }
  }
  throw new FieldRefusal(
    `must be a number such as 12.5 or 1.25e1 of up to ${DIGITS_MAX} digits and ${FIGURE_SCALE} places, with a point (or, with --decimal-comma, a comma) before the decimals`,
  );
}
