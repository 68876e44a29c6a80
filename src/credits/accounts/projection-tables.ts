import type { BinaryKind } from '../../platform/database/binary-copy-writer.js';

/** The format of a column's values: plain text, a canonical decimal, an instant, or a whole number. */
export type ColumnKind = BinaryKind;

/** The PostgreSQL type of each kind. */
export const SQL_TYPES: Readonly<Record<ColumnKind, string>> = {
  text: 'text',
  decimal: 'numeric',
  instant: 'timestamptz',
  integer: 'integer',
  bigint: 'bigint',
};

/** A table that contains only results of the fold, one set of rows per user. */
export interface ProjectionTable {
  readonly name: string;
  /** Number of columns in the key; they come first. */
  readonly keyLength: number;
  readonly columns: readonly (readonly [name: string, kind: ColumnKind])[];
}

const LOTS: ProjectionTable = {
  name: 'credit_lots',
  keyLength: 3,
  columns: [
    ['user_id', 'text'],
    ['pool', 'text'],
    ['id', 'text'],
    ['opened_at', 'instant'],
    ['expires_at', 'instant'],
    ['acquired_credits', 'decimal'],
    ['acquired_value', 'decimal'],
    ['left_credits', 'decimal'],
    ['left_value', 'decimal'],
    ['paid_credits', 'decimal'],
    ['paid_value', 'decimal'],
    ['lapsed_credits', 'decimal'],
    ['lapsed_value', 'decimal'],
    ['refunded_credits', 'decimal'],
    ['refunded_value', 'decimal'],
    ['reversed_credits', 'decimal'],
    ['reversed_value', 'decimal'],
    ['takings', 'integer'],
  ],
};

const ALLOCATIONS: ProjectionTable = {
  name: 'credit_allocations',
  keyLength: 4,
  columns: [
    ['user_id', 'text'],
    ['spend_type', 'text'],
    ['spend_id', 'text'],
    ['position', 'integer'],
    ['lot_pool', 'text'],
    ['lot_id', 'text'],
    ['taken_credits', 'decimal'],
    ['taken_value', 'decimal'],
    ['credits', 'decimal'],
    ['value', 'decimal'],
    ['paid_at', 'instant'],
    ['taking', 'integer'],
  ],
};

const DEBTS: ProjectionTable = {
  name: 'credit_debts',
  keyLength: 3,
  columns: [
    ['user_id', 'text'],
    ['spend_type', 'text'],
    ['spend_id', 'text'],
    ['pool', 'text'],
    ['occurred_at', 'instant'],
    ['unpaid_credits', 'decimal'],
  ],
};

const DEPLOYMENT_REVENUE: ProjectionTable = {
  name: 'deployment_revenue',
  keyLength: 2,
  columns: [
    ['user_id', 'text'],
    ['deployment_id', 'text'],
    ['module_id', 'text'],
    ['partner_id', 'text'],
    ['deployed_at', 'instant'],
    ['credit_cost', 'decimal'],
    ['free_credits', 'decimal'],
    ['purchased_credits', 'decimal'],
    ['unpaid_credits', 'decimal'],
    ['refunded_credits', 'decimal'],
    ['gross_revenue', 'decimal'],
    ['shared_gross', 'decimal'],
  ],
};

/** Balances are in the account row itself, which writers lock; so it is updated and never replaced. */
const ACCOUNTS: ProjectionTable = {
  name: 'credit_accounts',
  keyLength: 1,
  columns: [
    ['user_id', 'text'],
    ['free_credits', 'decimal'],
    ['purchased_credits', 'decimal'],
    ['unpaid_credits', 'decimal'],
    ['entries', 'bigint'],
    ['folded_to_at', 'instant'],
    ['folded_to_type', 'text'],
    ['folded_to_id', 'text'],
  ],
};

/** All tables that the fold fills, by the kind of row. */
export const PROJECTION_TABLES = {
  lots: LOTS,
  allocations: ALLOCATIONS,
  debts: DEBTS,
  deployments: DEPLOYMENT_REVENUE,
  accounts: ACCOUNTS,
} as const;

export type ProjectionName = keyof typeof PROJECTION_TABLES;

export function columnNames(table: ProjectionTable): string[] {
  return table.columns.map(([name]) => name);
}
