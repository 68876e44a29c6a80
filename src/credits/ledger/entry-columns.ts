import {
  microsFromNumeric,
  parseInstant,
  type Entry,
  type Instant,
  type Micros,
  type PaymentFacts,
  type Pool,
  type ReversalCause,
  type SpendCategory,
} from '../../domain/index.js';
// Not from the index: the threads of a rebuild load this file, and they must not load Nest and TypeORM.
import { epochMicrosOf } from '../../platform/database/epoch-micros.js';

/**
 * The columns of credit_entries, by field name. SQL, COPY, commands and the staging table of imports are generated from
 * this list. The type of an entry determines which of its values are null.
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
  /** The deployment of a refund, the purchase of a purchaseRefund or purchaseReversal, the reversal of a release. */
  refundedId: { name: 'refunded_id', kind: 'text' },
  /** Why money was taken back; `reason` in JSON. */
  cause: { name: 'cause', kind: 'text' },
  fee: { name: 'fee', kind: 'decimal' },
  tax: { name: 'tax', kind: 'decimal' },
  originalAmount: { name: 'original_amount', kind: 'decimal' },
  originalCurrency: { name: 'original_currency', kind: 'text' },
} as const satisfies Record<string, EntryColumnDefinition>;

interface EntryColumnDefinition {
  readonly name: string;
  readonly kind: EntryColumnKind;
}

/** The representation of a value: a string, a decimal in millionths, or an instant in microseconds since 1970. */
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

/** All columns, in order. */
export const ENTRY_COLUMN_LIST = Object.entries(ENTRY_COLUMNS) as (readonly [
  EntryColumn,
  EntryColumnDefinition,
])[];

/** The same row as the result of a query: PostgreSQL's text, with instants as whole microseconds. */
export type EntryRow<Prefix extends string = ''> = {
  readonly [Column in EntryColumn as `${Prefix}${RowField<Column>}`]: string | null;
};
type RowField<Column extends EntryColumn> = KindOf<Column> extends 'instant' ? `${Column}Micros` : Column;

/**
 * Returns the select list of an EntryRow, for a query in which `alias` is credit_entries. Names of the result's columns
 * begin with the prefix.
 */
export function entrySelectList(alias: string, prefix = ''): string[] {
  return ENTRY_COLUMN_LIST.map(([column, { name, kind }]) => {
    const source = `${alias}.${name}`;
    return kind === 'instant'
      ? `${epochMicrosOf(source)} AS "${prefix}${column}Micros"`
      : `${source} AS "${prefix}${column}"`;
  });
}

/** Converts the row of a query to values. */
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

/** A row of credit_entries as `jsonb_each_text` returns it: by column name, with instants in ISO 8601. */
export type EntryRowJson = Readonly<Record<string, string | null>>;

/** Converts such a row to values. */
export function recordOfJson(json: EntryRowJson): EntryRecord {
  const record: Record<string, string | bigint | null> = {};
  for (const [column, { name, kind }] of ENTRY_COLUMN_LIST) {
    const text = json[name] ?? null;
    const read = kind === 'instant' ? instantOfIso : VALUE_OF_TEXT[kind];
    record[column] = text === null ? null : read(text);
  }
  return record as unknown as EntryRecord;
}

function instantOfIso(text: string): Instant {
  const instant = parseInstant(text);
  if (instant === null) throw new RangeError(`"${text}" is not an instant of the years 1 to 9999.`);
  return instant;
}

const VALUE_OF_TEXT: Readonly<Record<EntryColumnKind, (text: string) => string | bigint>> = {
  text: (text) => text,
  decimal: microsFromNumeric,
  instant: BigInt,
};

/** Converts the values of a row to the entry. */
export function entryOfRecord(record: EntryRecord): Entry {
  const { id, occurredAt, credits, expiresAt } = record;
  const type = record.type as Entry['type'];
  switch (type) {
    case 'award':
      return { type, id, occurredAt, credits: present(credits), expiresAt };
    case 'purchase': {
      const amount = present(record.amount);
      const payment = paymentFactsOf(record);
      return { type, id, occurredAt, credits: present(credits), amount, expiresAt, ...payment };
    }
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
    case 'purchaseReversal': {
      const cause = record.cause as ReversalCause | null;
      return { type, id, occurredAt, purchaseId: present(record.refundedId), credits, cause };
    }
    case 'reversalRelease':
      return { type, id, occurredAt, reversalId: present(record.refundedId) };
  }
}

/** The facts of a payment, as a property of its purchase; none if nothing was told. */
export function paymentFactsOf(facts: PaymentFacts): { readonly payment?: PaymentFacts } {
  const { fee, tax, originalAmount, originalCurrency } = facts;
  if (fee === null && tax === null && originalAmount === null) return {};
  return { payment: { fee, tax, originalAmount, originalCurrency } };
}

const NO_VALUES = Object.fromEntries(ENTRY_COLUMN_LIST.map(([column]) => [column, null])) as {
  readonly [Column in EntryColumn]: null;
};

/** Converts an entry to the values of its row. */
export function recordOfEntry(userId: string, entry: Entry): EntryRecord {
  switch (entry.type) {
    case 'award':
    case 'deployment':
    case 'spend':
      return { ...NO_VALUES, ...entry, userId };
    case 'purchase': {
      const { payment, ...values } = entry;
      return { ...NO_VALUES, ...values, ...payment, userId };
    }
    case 'refund': {
      const { deploymentId: refundedId, ...values } = entry;
      return { ...NO_VALUES, ...values, userId, refundedId };
    }
    case 'purchaseRefund':
    case 'purchaseReversal': {
      const { purchaseId: refundedId, ...values } = entry;
      return { ...NO_VALUES, ...values, userId, refundedId };
    }
    case 'reversalRelease': {
      const { reversalId: refundedId, ...values } = entry;
      return { ...NO_VALUES, ...values, userId, refundedId };
    }
  }
}

function present<T>(value: T | null): T {
  if (value === null) throw new Error('A stored entry lacks a field of its type; the ledger is corrupt.');
  return value;
}
