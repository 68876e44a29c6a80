import { escapeLiteral } from 'pg';
import { SqlParameters } from '../filter/filter-conditions.js';

/** Values of a statement that takes no parameters, such as COPY: they stand in its text, quoted. */
export class SqlLiterals extends SqlParameters {
  /** @returns the value as PostgreSQL reads it from a quoted literal */
  override add(value: unknown): string {
    if (Array.isArray(value)) return escapeLiteral(`{${value.map(elementOf).join(',')}}`);
    return value === null ? 'NULL' : escapeLiteral(textOf(value));
  }
}

function elementOf(value: unknown): string {
  return value === null ? 'NULL' : `"${textOf(value).replace(/["\\]/g, '\\$&')}"`;
}

/** @throws TypeError for what has no one text that PostgreSQL would read the same from */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || typeof value === 'bigint' || Number.isSafeInteger(value))
    return String(value);
  throw new TypeError(`A ${typeof value} cannot stand in a statement.`);
}
