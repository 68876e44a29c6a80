import type { FieldError } from '../problem/index.js';

/** Maximum number of fields of one object; the largest object of the contract has a dozen. */
const MAX_FIELDS = 100;
/** Maximum number of values of a whole body, at all levels: a list of 10,000 ids, and twice as many more. */
const MAX_VALUES = 30_000;

/**
 * Checks whether an input is too large for validation. Validating a field takes a tenth of a millisecond, so a body of
 * the permitted length could keep the process busy for half a minute.
 *
 * @param value a JSON value, or the parameters of an address
 * @param where name of the value for the error: `body` or `query`
 * @returns null if the input is small enough
 */
export function tooLarge(value: unknown, where: 'body' | 'query'): FieldError | null {
  const waiting: unknown[] = [value];
  let values = 0;
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== 'object' || next === null) continue;
    const inner: unknown[] = Array.isArray(next) ? next : Object.values(next);
    if (!Array.isArray(next) && inner.length > MAX_FIELDS) {
      return { field: where, message: `must have at most ${MAX_FIELDS} fields` };
    }
    values += inner.length;
    if (values > MAX_VALUES) return { field: where, message: `must contain at most ${MAX_VALUES} values` };
    for (const child of inner) if (typeof child === 'object') waiting.push(child);
  }
  return null;
}
