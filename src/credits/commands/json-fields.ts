import { isPlatformId, parseDecimal, parseInstant, type Instant, type Micros } from '../../domain/index.js';
import { isText } from '../../platform/validation/index.js';
import { isCurrency, VALUE_MESSAGES } from '../../variables/index.js';

/** The maximum length of an entry's free text, in characters. */
export const MAX_TEXT_CHARACTERS = 1_000;

/** Reads the JSON value of a field; throws a FieldRefusal if it is invalid. */
export type FieldReader<T> = (value: unknown) => T;

/** Thrown for an invalid field; the message is for the caller. */
export class FieldRefusal extends Error {
  override readonly name = 'FieldRefusal';
}

/** An id of the platform's own (docs/contract.md, "Ids"). */
export const id: FieldReader<string> = (value) => {
  if (typeof value === 'string' && isPlatformId(value)) return value;
  throw new FieldRefusal(
    'must be an id: a string of 1 to 128 characters of A-Z a-z 0-9 . _ : @ | + = ~ -, the first a letter or digit',
  );
};

/** Credits or money, 0 or more. */
export const decimal: FieldReader<Micros> = (value) => {
  const micros = typeof value === 'string' ? parseDecimal(value) : null;
  if (micros !== null) return micros;
  throw new FieldRefusal(
    'must be a decimal string such as "12.5": up to 12 digits and 6 places, no sign, no exponent',
  );
};

/** Credits above 0. */
export const positiveDecimal: FieldReader<Micros> = (value) => {
  const micros = decimal(value);
  if (micros > 0n) return micros;
  throw new FieldRefusal('must be above 0');
};

/** The code of a currency. */
export const currency: FieldReader<string> = (value) => {
  if (typeof value === 'string' && isCurrency(value)) return value;
  throw new FieldRefusal(VALUE_MESSAGES.currency);
};

/** A date and time that exists, with an offset. */
export const instant: FieldReader<Instant> = (value) => {
  const parsed = typeof value === 'string' ? parseInstant(value) : null;
  if (parsed !== null) return parsed;
  throw new FieldRefusal(
    'must be an existing ISO 8601 date and time with an offset and at most 6 fraction digits, like "2026-05-01T09:30:00Z"',
  );
};

export const text: FieldReader<string> = (value) => {
  if (typeof value === 'string' && isText(value, { maxCharacters: MAX_TEXT_CHARACTERS, multiline: true }))
    return value;
  throw new FieldRefusal(
    `must be a text of 1 to ${MAX_TEXT_CHARACTERS} characters, not only spaces, without control characters`,
  );
};

export const boolean: FieldReader<boolean> = (value) => {
  if (typeof value === 'boolean') return value;
  throw new FieldRefusal('must be true or false');
};

export const texts: FieldReader<string[]> = (value) => {
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw new FieldRefusal('must be a list of strings');
};

export function oneOf<const Word extends string>(...words: readonly Word[]): FieldReader<Word> {
  return (value) => {
    if ((words as readonly unknown[]).includes(value)) return value as Word;
    throw new FieldRefusal(`must be one of ${words.map((word) => `"${word}"`).join(', ')}`);
  };
}

/** A field that can be absent or null, with the same meaning (docs/rules.md). */
export function optional<T>(reader: FieldReader<T>): FieldReader<T | null> {
  return (value) => (value === undefined || value === null ? null : reader(value));
}

/** A field in which null has a meaning of its own; it is undefined if absent. */
export function nullable<T>(reader: FieldReader<T>): FieldReader<T | null | undefined> {
  return (value) => (value === undefined || value === null ? value : reader(value));
}
