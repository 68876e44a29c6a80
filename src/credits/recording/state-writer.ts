import type { PoolClient } from 'pg';
import type { Recording } from '../../audit/index.js';
import type { Entry } from '../../domain/index.js';
import { preparedQuery } from '../../platform/database/index.js';
import { ENTRY_COLUMNS, entryValues } from '../persistence/entry-row.js';
import type { ProjectionRows } from '../projection/projection-rows.js';
import {
  columnNames,
  PROJECTION_TABLES,
  SQL_TYPES,
  type ProjectionName,
  type ProjectionTable,
} from '../projection/projection-tables.js';

/** What one more entry changes in the stored state. */
export interface StateChange {
  /** New rows, and rows with other figures. */
  readonly upserts: ProjectionRows;
  /** Debts that were settled. */
  readonly settledDebts: ProjectionRows['debts'];
}

/** The rows that differ between the state before and after an entry. */
export function changeBetween(before: ProjectionRows, after: ProjectionRows): StateChange {
  const changed = (name: ProjectionName): ProjectionRows[ProjectionName] => {
    const unchanged = new Set(before[name].map((row) => JSON.stringify(row)));
    return after[name].filter((row) => !unchanged.has(JSON.stringify(row)));
  };
  const { keyLength } = PROJECTION_TABLES.debts;
  const keyOf = (row: readonly (string | null)[]): string => row.slice(0, keyLength).join(' ');
  const open = new Set(after.debts.map(keyOf));
  return {
    upserts: {
      lots: changed('lots'),
      allocations: changed('allocations'),
      debts: changed('debts'),
      deployments: changed('deployments'),
      accounts: changed('accounts'),
    },
    settledDebts: before.debts.filter((row) => !open.has(keyOf(row))),
  };
}

/**
 * Appends an entry and stores what it changed, in one statement: the text depends only on which tables change, so that
 * PostgreSQL plans each form once per connection.
 *
 * @param closing what else goes into the statement, its parameters numbered from the one that it is told
 */
export async function appendEntry(
  client: PoolClient,
  userId: string,
  entry: Entry,
  change: StateChange,
  closing: (first: number) => Recording | undefined,
): Promise<void> {
  const parts: string[] = [INSERT_ENTRY];
  const values: unknown[] = entryValues(userId, entry);
  const bind = (rows: readonly unknown[]): string => `$${values.push(JSON.stringify(rows))}::json`;
  for (const name of UPSERTED) {
    const rows = change.upserts[name];
    if (rows.length === 0) continue;
    parts.push(upsert(PROJECTION_TABLES[name], bind(rows.map(recordOf(PROJECTION_TABLES[name])))));
  }
  if (change.settledDebts.length > 0) {
    parts.push(deleteDebts(bind(change.settledDebts.map(recordOf(PROJECTION_TABLES.debts)))));
  }
  const steps = parts.map((part, index) => `step_${index} AS (${part})`);
  const { ctes, parameters } = closing(values.length + 1) ?? { ctes: null, parameters: [] };
  if (ctes !== null) steps.push(ctes);
  values.push(...parameters);
  await preparedQuery(client, `WITH ${steps.join(', ')} SELECT 1`, values);
}

const UPSERTED: readonly ProjectionName[] = ['lots', 'allocations', 'debts', 'deployments', 'accounts'];
const INSERT_ENTRY = `
  INSERT INTO credit_entries (${ENTRY_COLUMNS.join(', ')})
  VALUES (${ENTRY_COLUMNS.map((_, index) => `$${index + 1}`).join(', ')})`;

function recordOf(
  table: ProjectionTable,
): (row: readonly (string | null)[]) => Record<string, string | null> {
  return (row) => Object.fromEntries(columnNames(table).map((column, index) => [column, row[index] ?? null]));
}

function upsert(table: ProjectionTable, parameter: string): string {
  const columns = columnNames(table);
  const key = columns.slice(0, table.keyLength);
  const figures = columns.slice(table.keyLength).map((column) => `${column} = excluded.${column}`);
  return `
    INSERT INTO ${table.name} (${columns.join(', ')})
    SELECT ${columns.join(', ')} FROM json_to_recordset(${parameter}) AS changed (${typedColumns(table)})
    ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${figures.join(', ')}`;
}

function deleteDebts(parameter: string): string {
  const { name } = PROJECTION_TABLES.debts;
  return `
    DELETE FROM ${name}
    USING json_to_recordset(${parameter}) AS settled (${typedColumns(PROJECTION_TABLES.debts)})
    WHERE ${name}.user_id = settled.user_id AND ${name}.spend_type = settled.spend_type
      AND ${name}.spend_id = settled.spend_id`;
}

function typedColumns(table: ProjectionTable): string {
  return table.columns.map(([column, kind]) => `${column} ${SQL_TYPES[kind]}`).join(', ');
}
