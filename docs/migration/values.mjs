// @ts-check
// Reads the values of exported documents: ids, and decimals as exact integers of millionths.

const MILLIONTHS_PLACES = 6;
const WHOLE_DIGITS_MAX = 12;
/** Beyond any decimal that a store writes; it bounds the work for a hostile exponent. */
const EXPONENT_MAX = 400;
/** A sum of binary fractions drifts by far less than this; what differs by more had digits that were meant. */
const NOISE = 1e-9;

const DECIMAL = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;

/**
 * An id, plain or as an exported ObjectId.
 *
 * @param {unknown} value
 */
export function idOf(value) {
  const id = fieldOf(value, '$oid') ?? value;
  if (typeof id !== 'string' && typeof id !== 'number') throw new Error(`${shown(value)} is no id`);
  return String(id);
}

/**
 * Millionths. A decimal (`"3.20"`, `$numberDecimal`, `$numberLong`) is exact, and refused where it needs more than 6
 * places. A binary fraction such as 0.30000000000000004 is the decimal that was meant: 0.3.
 *
 * @param {unknown} value
 * @param {() => void} onRounding called where a binary fraction had more than 6 places that were meant, such as 10 / 3
 * @returns {bigint}
 * @throws Error where it is no number, has more than 12 digits before the point, or is too small to be written
 */
export function micros(value, onRounding = () => {}) {
  const exact = ['$numberDecimal', '$numberLong', '$numberInt'].map((name) => fieldOf(value, name) ?? null);
  const plain = exact.find((field) => field !== null) ?? value;
  const exported = fieldOf(value, '$numberDouble');
  const double = exported === undefined ? plain : Number(exported);
  const size = typeof double === 'number' ? fromDouble(double, onRounding) : fromText(String(plain));
  const digits = (size === null ? '' : String(size < 0n ? -size : size)).length;
  if (size === null || digits > WHOLE_DIGITS_MAX + MILLIONTHS_PLACES) {
    throw new Error(`${shown(value)} is no decimal of up to 12 digits and 6 places`);
  }
  return size;
}

/**
 * The decimal string of millionths.
 *
 * @param {bigint} size
 * @returns {string}
 */
export function decimal(size) {
  if (size < 0n) throw new Error(`a negative number of credits (-${decimal(-size)}) has no place here`);
  const digits = size.toString().padStart(MILLIONTHS_PLACES + 1, '0');
  return `${digits.slice(0, -MILLIONTHS_PLACES)}.${digits.slice(-MILLIONTHS_PLACES)}`.replace(/\.?0+$/, '');
}

/**
 * What a value holds under a name; undefined where it holds nothing there or is no object.
 *
 * @param {unknown} value
 * @param {string} name
 * @returns {unknown}
 */
export function fieldOf(value, name) {
  if (typeof value !== 'object' || value === null) return undefined;
  return /** @type {Readonly<Record<string, unknown>>} */ (value)[name];
}

/**
 * A value as it stands in a complaint.
 *
 * @param {unknown} value
 */
export function shown(value) {
  return String(JSON.stringify(value)).slice(0, 100);
}

/**
 * toFixed works on the exact value of the double.
 *
 * @param {number} double
 * @param {() => void} onRounding
 */
function fromDouble(double, onRounding) {
  if (!Number.isFinite(double) || Math.abs(double) >= 1e21) return null;
  const text = double.toFixed(MILLIONTHS_PLACES);
  const size = fromText(text);
  if (size === 0n && double !== 0) return null;
  if (Math.abs(double - Number(text)) > NOISE * Math.max(1, Math.abs(double))) onRounding();
  return size;
}

/**
 * Exact, with or without an exponent; null where it is no decimal of 6 places.
 *
 * @param {string} text
 */
function fromText(text) {
  const match = DECIMAL.exec(text);
  if (match === null) return null;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const shift = Number(exponent) - fraction.length + MILLIONTHS_PLACES;
  if (Math.abs(shift) > EXPONENT_MAX) return null;
  const digits = BigInt(whole + fraction);
  const scale = 10n ** BigInt(Math.abs(shift));
  if (shift < 0 && digits % scale !== 0n) return null;
  const size = shift < 0 ? digits / scale : digits * scale;
  return sign === '-' ? -size : size;
}
