import type { CopyRow } from '../../platform/database/index.js';
import { emptyProjection, type ProjectionRows } from './projection-rows.js';
import { PROJECTION_TABLES, type ProjectionName } from './projection-tables.js';

/** Rows of the stored state that new entries add, change or remove. */
export interface StateChange {
  /** Rows that did not exist before. */
  readonly added: ProjectionRows;
  /** Rows whose figures differ from the stored ones. */
  readonly changed: ProjectionRows;
  /** Debts that were settled. */
  readonly settledDebts: ProjectionRows['debts'];
}

const TABLES = Object.keys(PROJECTION_TABLES) as ProjectionName[];

/** Compares one user's rows before and after some entries. */
export function changeBetween(before: ProjectionRows, after: ProjectionRows): StateChange {
  const added = emptyProjection();
  const changed = emptyProjection();
  for (const name of TABLES) {
    const stored = new Map(before[name].map((row) => [keyOf(name, row), row]));
    for (const row of after[name]) {
      const earlier = stored.get(keyOf(name, row));
      if (earlier === undefined) added[name].push(row);
      else if (row.some((value, index) => value !== earlier[index])) changed[name].push(row);
    }
  }
  const open = new Set(after.debts.map((row) => keyOf('debts', row)));
  return { added, changed, settledDebts: before.debts.filter((row) => !open.has(keyOf('debts', row))) };
}

/** Merges the changes of several users into one. */
export function joinedChange(changes: readonly StateChange[]): StateChange {
  const joined: StateChange = { added: emptyProjection(), changed: emptyProjection(), settledDebts: [] };
  for (const { added, changed, settledDebts } of changes) {
    for (const name of TABLES) {
      joined.added[name].push(...added[name]);
      joined.changed[name].push(...changed[name]);
    }
    joined.settledDebts.push(...settledDebts);
  }
  return joined;
}

/** Joins the key columns with spaces, because ids contain none. */
function keyOf(name: ProjectionName, row: CopyRow): string {
  return row.slice(0, PROJECTION_TABLES[name].keyLength).join(' ');
}
