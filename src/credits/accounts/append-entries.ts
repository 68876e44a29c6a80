import type { PoolClient } from 'pg';
import type { Recording } from '../../audit/index.js';
import { preparedQuery, type CopyRow } from '../../platform/database/index.js';
import { APPENDED_COLUMNS, entryValues } from '../ledger/append-rows.js';
import {
  columnNames,
  PROJECTION_TABLES,
  SQL_TYPES,
  type ProjectionName,
  type ProjectionTable,
} from './projection-tables.js';
import type { OpenAccount } from './open-account.js';
import { joinedChange } from './account-change.js';

/**
 * Writes the entries that were appended to accounts, and all rows that they change, in one statement. Its text depends
 * only on the tables that change, so PostgreSQL plans each variant once per connection.
 *
 * @param auditOf returns more parts of the statement; their first parameter has the given number
 */
export async function appendEntries(
  client: PoolClient,
  accounts: readonly OpenAccount[],
  auditOf: (first: number) => Recording | undefined,
): Promise<void> {
  const { added, changed, settledDebts } = joinedChange(accounts.map((account) => account.change()));
  const values: unknown[] = [];
  const entries = accounts.flatMap(({ userId, entries: own }) =>
    own.map((entry) => entryValues(userId, entry)),
  );
  const parts = [insert(ENTRIES, entries, values)];
  for (const name of Object.keys(PROJECTION_TABLES) as ProjectionName[]) {
    const table = PROJECTION_TABLES[name];
    if (added[name].length > 0) parts.push(insert(table, added[name], values));
    if (changed[name].length > 0) parts.push(upsert(table, changed[name], values));
  }
  if (settledDebts.length > 0) parts.push(deleteDebts(settledDebts, values));
  const steps = parts.map((part, index) => `step_${index} AS (${part})`);
  const { ctes, parameters } = auditOf(values.length + 1) ?? { ctes: null, parameters: [] };
  if (ctes !== null) steps.push(ctes);
  values.push(...parameters);
  await preparedQuery(client, `WITH ${steps.join(', ')} SELECT 1`, values);
}

type Columns = ProjectionTable['columns'];

const ENTRIES: Pick<ProjectionTable, 'name' | 'columns'> = {
  name: 'credit_entries',
  columns: APPENDED_COLUMNS,
};

/** Returns the rows as a FROM item with one array parameter per column. */
function bound(columns: Columns, rows: readonly CopyRow[], values: unknown[]): string {
  const arrays = columns.map(
    ([, kind], index) => `$${values.push(rows.map((row) => row[index] ?? null))}::${SQL_TYPES[kind]}[]`,
  );
  return `unnest(${arrays.join(', ')})`;
}

function insert(
  { name, columns }: Pick<ProjectionTable, 'name' | 'columns'>,
  rows: readonly CopyRow[],
  values: unknown[],
): string {
  const names = columns.map(([column]) => column).join(', ');
  return `INSERT INTO ${name} (${names}) SELECT * FROM ${bound(columns, rows, values)}`;
}

/**
 * Changes existing rows. An UPDATE from the arrays would be a join. PostgreSQL would plan it once per connection, for
 * the table's size at that time, and the table can grow a thousandfold later. ON CONFLICT always uses the key.
 */
function upsert(table: ProjectionTable, rows: readonly CopyRow[], values: unknown[]): string {
  const names = columnNames(table);
  const key = names.slice(0, table.keyLength);
  const figures = names.slice(table.keyLength).map((column) => `${column} = excluded.${column}`);
  return `
    ${insert(table, rows, values)}
    ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${figures.join(', ')}`;
}

function deleteDebts(rows: readonly CopyRow[], values: unknown[]): string {
  const { name, columns, keyLength } = PROJECTION_TABLES.debts;
  const key = columns.slice(0, keyLength).map(([column]) => column);
  return `
    DELETE FROM ${name} USING ${bound(columns.slice(0, keyLength), rows, values)} AS settled (${key.join(', ')})
    WHERE ${key.map((column) => `${name}.${column} = settled.${column}`).join(' AND ')}`;
}
