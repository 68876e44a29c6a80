import type { CopyRow } from '../../platform/database/index.js';
import { emptyProjection, type ProjectionRows } from './projection-rows.js';
import { PROJECTION_TABLES, type ProjectionName } from './projection-tables.js';

/** What more entries change in the stored state. */
export interface StateChange {
  /** Rows that were not there. */
  readonly added: ProjectionRows;
  /** Rows that have other figures now. */
  readonly changed: ProjectionRows;
  /** Debts that were settled. */
  readonly settledDebts: ProjectionRows['debts'];
}

const TABLES = Object.keys(PROJECTION_TABLES) as ProjectionName[];

/** The rows that differ between the state before and after some entries of one user. */
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

/** The changes of several users as one. */
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

/** Ids have no space in them. */
function keyOf(name: ProjectionName, row: CopyRow): string {
  return row.slice(0, PROJECTION_TABLES[name].keyLength).join(' ');
}
