import { formatDecimal, formatInstant, microsFromNumeric, type Entry } from '../../domain/index.js';
import { epochMicrosOf } from '../../platform/database/index.js';
import { entryOfFacts } from './entry-facts.js';

/** The columns of credit_entries that the domain needs, as PostgreSQL's text; instants as integers of microseconds. */
export interface EntryRow {
  readonly type: string;
  readonly id: string;
  readonly userId: string;
  readonly occurredAtMicros: string;
  readonly credits: string | null;
  readonly amount: string | null;
  readonly expiresAtMicros: string | null;
  readonly moduleId: string | null;
  readonly pool: string | null;
  readonly category: string | null;
  readonly refundedId: string | null;
}

/**
 * The select list that gives an EntryRow, for a query in which credit_entries goes by `alias`; with a prefix the
 * columns' names begin with it.
 */
export function entryRowColumns(alias: string, prefix = ''): string[] {
  const expressions: Readonly<Record<keyof EntryRow, string>> = {
    type: `${alias}.type`,
    id: `${alias}.id`,
    userId: `${alias}.user_id`,
    occurredAtMicros: epochMicrosOf(`${alias}.occurred_at`),
    credits: `${alias}.credits`,
    amount: `${alias}.amount`,
    expiresAtMicros: epochMicrosOf(`${alias}.expires_at`),
    moduleId: `${alias}.module_id`,
    pool: `${alias}.pool`,
    category: `${alias}.category`,
    refundedId: `${alias}.refunded_id`,
  };
  return Object.entries(expressions).map(([name, expression]) => `${expression} AS "${prefix}${name}"`);
}

/** The domain's entry of a stored row. */
export function entryOf(row: EntryRow): Entry {
  return entryOfFacts({
    ...row,
    occurredAt: BigInt(row.occurredAtMicros),
    credits: row.credits === null ? null : microsFromNumeric(row.credits),
    amount: row.amount === null ? null : microsFromNumeric(row.amount),
    expiresAt: row.expiresAtMicros === null ? null : BigInt(row.expiresAtMicros),
  });
}

/** The columns that recording an entry fills, in the order of `entryValues`. */
export const ENTRY_COLUMNS = [
  'type',
  'id',
  'user_id',
  'occurred_at',
  'credits',
  'amount',
  'expires_at',
  'module_id',
  'pool',
  'category',
  'refunded_type',
  'refunded_id',
] as const;

/** The values of ENTRY_COLUMNS, as text for PostgreSQL. */
export function entryValues(userId: string, entry: Entry): (string | null)[] {
  const expiresAt = 'expiresAt' in entry ? entry.expiresAt : null;
  return [
    entry.type,
    entry.id,
    userId,
    formatInstant(entry.occurredAt),
    entry.credits === null ? null : formatDecimal(entry.credits),
    entry.type === 'purchase' ? formatDecimal(entry.amount) : null,
    expiresAt === null ? null : formatInstant(expiresAt),
    entry.type === 'deployment' ? entry.moduleId : null,
    'pool' in entry ? entry.pool : null,
    entry.type === 'spend' ? entry.category : null,
    ...refundedOf(entry),
  ];
}

function refundedOf(entry: Entry): [string | null, string | null] {
  if (entry.type === 'refund') return ['deployment', entry.deploymentId];
  if (entry.type === 'purchaseRefund') return ['purchase', entry.purchaseId];
  return [null, null];
}
