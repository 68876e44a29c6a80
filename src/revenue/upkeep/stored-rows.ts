import type { PoolClient } from 'pg';
import type { ColumnKind, ProjectionTable } from '../../credits/index.js';
import { instantFromPostgres, type CopyRow } from '../../platform/database/index.js';
import type { Difference } from './findings.js';

/** Separates the parts of a key; no id contains it. */
const KEY_SEPARATOR = '\n';

/** The stored rows of these users, in the format of the fold's own rows, so that they can be compared as text. */
export async function storedRows(
  client: PoolClient,
  table: ProjectionTable,
  userIds: readonly string[],
): Promise<CopyRow[]> {
  const { rows } = await client.query<(string | null)[]>({
    text: `SELECT ${table.columns.map(canonicalText).join(', ')} FROM ${table.name} WHERE user_id = ANY ($1)`,
    values: [userIds],
    rowMode: 'array',
  });
  const instants = table.columns.flatMap(([, kind], index) => (kind === 'instant' ? [index] : []));
  for (const row of rows) {
    for (const index of instants) {
      const value = row[index] ?? null;
      if (value !== null) row[index] = instantFromPostgres(value);
    }
  }
  return rows;
}

function canonicalText([name, kind]: readonly [string, ColumnKind]): string {
  return kind === 'decimal' ? `trim_scale(${name})::text` : `${name}::text`;
}

/** Compares a table's rows with those of the fold. */
export function* differencesBetween(
  table: ProjectionTable,
  stored: readonly CopyRow[],
  expected: readonly CopyRow[],
): Generator<Difference> {
  const unmatched = new Map(stored.map((row) => [keyOf(table, row), row]));
  for (const row of expected) {
    const key = keyOf(table, row);
    const found = unmatched.get(key);
    if (found === undefined) {
      yield { ...nameOf(table, row), column: null, stored: null, expected: 'a row' };
      continue;
    }
    unmatched.delete(key);
    yield* differingColumns(table, found, row);
  }
  for (const row of unmatched.values()) {
    yield { ...nameOf(table, row), column: null, stored: 'a row', expected: null };
  }
}

function* differingColumns(
  table: ProjectionTable,
  stored: CopyRow,
  expected: CopyRow,
): Generator<Difference> {
  for (let index = table.keyLength; index < table.columns.length; index += 1) {
    const [storedValue, expectedValue] = [stored[index] ?? null, expected[index] ?? null];
    if (storedValue === expectedValue) continue;
    const column = table.columns[index]?.[0] ?? null;
    yield { ...nameOf(table, stored), column, stored: storedValue, expected: expectedValue };
  }
}

function keyOf(table: ProjectionTable, row: CopyRow): string {
  return row.slice(0, table.keyLength).join(KEY_SEPARATOR);
}

function nameOf(table: ProjectionTable, row: CopyRow): Pick<Difference, 'table' | 'key'> {
  const parts = table.columns.slice(0, table.keyLength).map(([name], index) => `${name}=${row[index]}`);
  return { table: table.name, key: parts.join(', ') };
}
