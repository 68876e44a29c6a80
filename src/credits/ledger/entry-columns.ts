import {
  microsFromNumeric,
  type Entry,
  type Instant,
  type Micros,
  type Pool,
  type SpendCategory,
} from '../../domain/index.js';
// Past the index, as the threads of a rebuild load this file: they need neither Nest nor TypeORM.
import { epochMicrosOf } from '../../platform/database/epoch-micros.js';

/**
 * The columns of credit_entries, by the names of their values: the one place that says which there are. SQL, COPY, the
 * staging table of imports and commands are made of it. Which values are null depends on the type of the entry.
 */
export const ENTRY_COLUMNS = {
  type: { name: 'type', kind: 'text' },
  id: { name: 'id', kind: 'text' },
  userId: { name: 'user_id', kind: 'text' },
  occurredAt: { name: 'occurred_at', kind: 'instant' },
  credits: { name: 'credits', kind: 'decimal' },
  amount: { name: 'amount', kind: 'decimal' },
  expiresAt: { name: 'expires_at', kind: 'instant' },
  moduleId: { name: 'module_id', kind: 'text' },
  pool: { name: 'pool', kind: 'text' },
  category: { name: 'category', kind: 'text' },
  /** The deployment of a refund, the purchase of a purchaseRefund. */
  refundedId: { name: 'refunded_id', kind: 'text' },
} as const satisfies Record<string, EntryColumnDefinition>;

interface EntryColumnDefinition {
  readonly name: string;
  readonly kind: EntryColumnKind;
}

/** How a value is held: text as it is, a decimal in millionths, an instant in microseconds since 1970. */
export type EntryColumnKind = keyof ValuesByKind;
interface ValuesByKind {
  text: string;
  decimal: Micros;
  instant: Instant;
}

export type EntryColumn = keyof typeof ENTRY_COLUMNS;
type KindOf<Column extends EntryColumn> = (typeof ENTRY_COLUMNS)[Column]['kind'];

/** The values of one row of credit_entries. */
export type EntryRecord = {
  readonly [Column in EntryColumn]: ValuesByKind[KindOf<Column>] | null;
} & { readonly type: string; readonly id: string; readonly userId: string; readonly occurredAt: Instant };

/** All columns, in their order. */
export const ENTRY_COLUMN_LIST = Object.entries(ENTRY_COLUMNS) as (readonly [
  EntryColumn,
  EntryColumnDefinition,
])[];

/** The same row as a query gives it: text of PostgreSQL, instants as integers of microseconds. */
export type EntryRow<Prefix extends string = ''> = {
  readonly [Column in EntryColumn as `${Prefix}${RowField<Column>}`]: string | null;
};
type RowField<Column extends EntryColumn> = KindOf<Column> extends 'instant' ? `${Column}Micros` : Column;

/**
 * The select list that gives an EntryRow, for a query in which credit_entries goes by `alias`; with a prefix the
 * names of the columns begin with it.
 */
export function entrySelectList(alias: string, prefix = ''): string[] {
  return ENTRY_COLUMN_LIST.map(([column, { name, kind }]) => {
    const source = `${alias}.${name}`;
    return kind === 'instant'
      ? `${epochMicrosOf(source)} AS "${prefix}${column}Micros"`
      : `${source} AS "${prefix}${column}"`;
  });
}

/** The values of a row. */
export function recordOfRow<Prefix extends string = ''>(
  row: EntryRow<Prefix>,
  prefix: Prefix = '' as Prefix,
): EntryRecord {
  const texts = row as Readonly<Record<string, string | null>>;
  const record: Record<string, string | bigint | null> = {};
  for (const [column, { kind }] of ENTRY_COLUMN_LIST) {
    const text = texts[`${prefix}${column}${kind === 'instant' ? 'Micros' : ''}`] ?? null;
    record[column] = text === null ? null : VALUE_OF_TEXT[kind](text);
  }
  return record as unknown as EntryRecord;
}

const VALUE_OF_TEXT: Readonly<Record<EntryColumnKind, (text: string) => string | bigint>> = {
  text: (text) => text,
  decimal: microsFromNumeric,
  instant: BigInt,
};

/** The entry that a row records. */
export function entryOfRecord(record: EntryRecord): Entry {
  const { id, occurredAt, credits, expiresAt } = record;
  const type = record.type as Entry['type'];
  switch (type) {
    case 'award':
      return { type, id, occurredAt, credits: present(credits), expiresAt };
    case 'purchase':
      return { type, id, occurredAt, credits: present(credits), amount: present(record.amount), expiresAt };
    case 'deployment': {
      const pool = present(record.pool) as Pool;
      return { type, id, occurredAt, credits: present(credits), pool, moduleId: present(record.moduleId) };
    }
    case 'spend': {
      const pool = present(record.pool) as Pool;
      const category = present(record.category) as SpendCategory;
      return { type, id, occurredAt, credits: present(credits), pool, category };
    }
    case 'refund':
      return { type, id, occurredAt, deploymentId: present(record.refundedId), credits };
    case 'purchaseRefund':
      return { type, id, occurredAt, purchaseId: present(record.refundedId), credits };
  }
}

const NO_VALUES = Object.fromEntries(ENTRY_COLUMN_LIST.map(([column]) => [column, null])) as {
  readonly [Column in EntryColumn]: null;
};

/** The row that records an entry. */
export function recordOfEntry(userId: string, entry: Entry): EntryRecord {
  switch (entry.type) {
    case 'award':
    case 'purchase':
    case 'deployment':
    case 'spend':
      return { ...NO_VALUES, ...entry, userId };
    case 'refund': {
      const { deploymentId: refundedId, ...values } = entry;
      return { ...NO_VALUES, ...values, userId, refundedId };
    }
    case 'purchaseRefund': {
      const { purchaseId: refundedId, ...values } = entry;
      return { ...NO_VALUES, ...values, userId, refundedId };
    }
  }
}

function present<T>(value: T | null): T {
  if (value === null)
    throw new Error('A stored entry lacks a field that its type has: the ledger is corrupt.');
  return value;
}
