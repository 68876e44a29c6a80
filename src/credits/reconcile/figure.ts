import { formatScaled, MICROS_SCALE, scaledFrom, type Micros } from '../../domain/index.js';
import { decimal, FieldRefusal, type FieldReader } from '../commands/json-fields.js';

/** Maximum number of decimal places of a figure. A printed double of 1e-9 or more needs fewer. */
const FIGURE_SCALE = 60;
const DIGITS_MAX = 30;
const PER_MICRO = 10n ** BigInt(FIGURE_SCALE - MICROS_SCALE);
const FLOAT = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** An exact figure of another system's books: an integer of 10^-60, which can be below 0. */
export type Figure = bigint;

/** How figures of another system's books are read and compared. */
export interface FigureReading {
  /**
   * If null, figures must be decimals (docs/contract.md, "Decimals") and must be equal. Otherwise they can be any
   * number that a floating-point system prints, and differences up to this value are ignored.
   */
  readonly tolerance: Micros | null;
  /** Whether figures have a decimal comma. */
  readonly hasDecimalComma: boolean;
}

/** Returns the reader of a field with a figure. */
export function figureReader({ tolerance, hasDecimalComma }: FigureReading): FieldReader<Figure> {
  return (value) => {
    const text = hasDecimalComma && typeof value === 'string' ? value.replace(',', '.') : value;
    return tolerance === null ? figureOfMicros(decimal(text)) : float(text);
  };
}

export function figureOfMicros(micros: Micros): Figure {
  return micros * PER_MICRO;
}

/** Reads PostgreSQL's text of a stored figure. */
export function figureFromNumeric(text: string): Figure {
  const size = scaledFrom(text.replace('-', ''), FIGURE_SCALE);
  return text.startsWith('-') ? -size : size;
}

export function formatFigure(figure: Figure): string {
  return formatScaled(figure, FIGURE_SCALE);
}

/** The difference of two figures; 0 if it is within the tolerance. */
export function distance(one: Figure, other: Figure, { tolerance }: FigureReading): Figure {
  const apart = one < other ? other - one : one - other;
  return apart <= figureOfMicros(tolerance ?? 0n) ? 0n : apart;
}

/** Reads the digits, without floating-point arithmetic. JSON numbers are read as JavaScript prints them. */
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
    `must be a number such as 12.5 or 1.25e1 with up to ${DIGITS_MAX} digits and ${FIGURE_SCALE} decimal places, and a decimal point (a comma with --decimal-comma)`,
  );
}
