import { formatDecimal, formatInstant, type Entry, type EntryType } from '../../domain/index.js';
import {
  ENTRY_COLUMN_LIST,
  ENTRY_COLUMNS,
  recordOfEntry,
  type EntryColumn,
  type EntryColumnKind,
  type EntryRecord,
} from './entry-columns.js';

/** A column that is written when an entry is recorded. */
type AppendedColumn = readonly [name: string, kind: EntryColumnKind];

/** All columns of an entry, and `refunded_type`, which the foreign key of `refunded_id` needs. */
export const APPENDED_COLUMNS: readonly AppendedColumn[] = [
  ...ENTRY_COLUMN_LIST.map(([, { name, kind }]) => [name, kind] as const),
  ['refunded_type', 'text'],
];

export const APPENDED_COLUMN_NAMES = APPENDED_COLUMNS.map(([name]) => name);

/** The values of APPENDED_COLUMNS, as text for PostgreSQL. */
export function entryValues(userId: string, entry: Entry): (string | null)[] {
  const record = recordOfEntry(userId, entry);
  return [...ENTRY_COLUMN_LIST.map(([column]) => textOf(record, column)), refundedTypeOf(entry)];
}

function textOf(record: EntryRecord, column: EntryColumn): string | null {
  const value = record[column];
  if (value === null) return null;
  if (typeof value === 'string') return value;
  return ENTRY_COLUMNS[column].kind === 'instant' ? formatInstant(value) : formatDecimal(value);
}

function refundedTypeOf({ type }: Entry): EntryType | null {
  if (type === 'refund') return 'deployment';
  if (type === 'reversalRelease') return 'purchaseReversal';
  return type === 'purchaseRefund' || type === 'purchaseReversal' ? 'purchase' : null;
}
