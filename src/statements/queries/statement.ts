import type { StatementStatus } from '../../domain/index.js';
import type { StatementHeader } from '../lines/statement-header.js';

/** What a partner gets for a month, as answers contain it. */
export interface Statement {
  readonly id: string;
  readonly partnerId: string;
  readonly month: string;
  readonly currency: string;
  /** Places of the currency's smallest unit. */
  readonly currencyMinorUnit: number;
  readonly opening: string;
  readonly revenue: string;
  readonly adjustments: string;
  readonly due: string;
  readonly payable: string;
  readonly carried: string;
  readonly paid: string;
  readonly open: string;
  readonly status: StatementStatus;
  readonly digest: string;
}

/** A statement with its number in the database. */
export interface StoredStatement extends Statement {
  readonly no: string;
}

/** SQL of what is paid of a statement: payments less reversals. */
export const PAID_SQL = `
  (SELECT coalesce(sum(CASE WHEN payment.reverses IS NULL THEN payment.amount ELSE -payment.amount END), 0)
     FROM payments AS payment WHERE payment.statement_no = statement.no)`;

/** SQL of a status, over `statement` and `paid`. */
export const STATUS_SQL = `
  CASE WHEN statement.payable = 0 THEN 'carried' WHEN paid = 0 THEN 'open'
       WHEN paid < statement.payable THEN 'partlyPaid' ELSE 'paid' END`;

/** SELECT of stored statements, without a condition. `statement` and `paid` can be used in one. */
export const STATEMENTS_SQL = `
  SELECT statement.no, statement.id, statement.partner_id AS "partnerId", statement.month, statement.currency,
         statement.currency_minor_unit AS "currencyMinorUnit",
         ${['opening', 'revenue', 'adjustments', 'due', 'payable', 'carried']
           .map((name) => `trim_scale(statement.${name})::text AS ${name}`)
           .join(', ')},
         trim_scale(paid)::text AS paid, trim_scale(statement.payable - paid)::text AS open,
         ${STATUS_SQL} AS status, statement.digest
    FROM statements AS statement CROSS JOIN LATERAL (SELECT ${PAID_SQL} AS paid) AS sums`;

/** What callers see of a statement. */
export function publicStatement(statement: StoredStatement): Statement {
  const { paid, open, status, digest } = statement;
  return { ...headerOf(statement), paid, open, status, digest };
}

/** The part of a statement that its digest covers. */
export function headerOf(statement: StoredStatement): StatementHeader {
  const { id, partnerId, month, currency, currencyMinorUnit } = statement;
  const { opening, revenue, adjustments, due, payable, carried } = statement;
  return {
    id,
    partnerId,
    month,
    currency,
    currencyMinorUnit,
    opening,
    revenue,
    adjustments,
    due,
    payable,
    carried,
  };
}
