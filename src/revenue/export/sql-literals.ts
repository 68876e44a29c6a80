import { escapeLiteral } from 'pg';
import { SqlParameters } from '../filter/filter-conditions.js';

/** The values of a statement without parameters, such as COPY. They are written into its text as quoted literals. */
export class SqlLiterals extends SqlParameters {
  /** @returns the value as a quoted literal that PostgreSQL reads as the same value */
  override add(value: unknown): string {
    if (Array.isArray(value)) return escapeLiteral(`{${value.map(elementOf).join(',')}}`);
    return value === null ? 'NULL' : escapeLiteral(textOf(value));
  }
}

function elementOf(value: unknown): string {
  return value === null ? 'NULL' : `"${textOf(value).replace(/["\\]/g, '\\$&')}"`;
}

/** @throws TypeError for a type that has no unambiguous text in PostgreSQL */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || typeof value === 'bigint' || Number.isSafeInteger(value))
    return String(value);
  throw new TypeError(`A value of type ${typeof value} cannot be written into an SQL statement.`);
}
