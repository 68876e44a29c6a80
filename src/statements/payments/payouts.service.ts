import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { formatDecimal, formatRevenue, microsFromNumeric, revenueFromNumeric } from '../../domain/index.js';
import { ReportSnapshots } from '../../platform/database/index.js';
import { Problem } from '../../platform/problem/index.js';
import { currencyPlaces, VariablesService } from '../../variables/index.js';
import { readClosing } from '../closing/closing.js';
import { PAID_SQL } from '../queries/statement.js';
import { STATEMENTS_PROBLEMS } from '../statements.problems.js';

const DECIMALS = ['purchasedCredits', 'grossRevenue'] as const;
const MONEY = ['revenue', 'adjustments', 'opening', 'due', 'payable', 'paid', 'open', 'netOpen'] as const;

type Decimals = Readonly<Record<(typeof DECIMALS)[number] | (typeof MONEY)[number], string>>;

/** What to pay a partner for a month. */
export interface Payout extends Decimals {
  readonly statementId: string;
  readonly partnerId: string;
  readonly email: string | null;
  readonly deployments: number;
}

/** What to pay all partners for a month. */
export interface Payouts {
  readonly month: string;
  readonly currency: string;
  readonly currencyMinorUnit: number;
  readonly data: Payout[];
  readonly totals: Decimals & { readonly deployments: number };
}

/** Lists what to pay. */
@Injectable()
export class PayoutLists {
  constructor(
    private readonly snapshots: ReportSnapshots,
    private readonly variables: VariablesService,
  ) {}

  /** The partners with a statement of the month, by id. @throws Problem STATEMENTS.CLOSING_NOT_FOUND */
  async of(month: string): Promise<Payouts> {
    return this.snapshots.read(async ({ manager }) => {
      if ((await readClosing(month, manager)) === null) {
        throw new Problem(STATEMENTS_PROBLEMS.CLOSING_NOT_FOUND, `${month} is not closed.`);
      }
      const { currency } = await this.variables.current(manager);
      const data = await readPayouts(month, manager);
      return { month, currency, currencyMinorUnit: currencyPlaces(currency), data, totals: totalsOf(data) };
    });
  }
}

/** netOpen: all that is open on all statements of the partner, and what the last one carried. */
async function readPayouts(month: string, manager: EntityManager): Promise<Payout[]> {
  const plain = (name: string): string => `trim_scale(${name})::text`;
  const rows = await manager.query<(Omit<Payout, 'deployments'> & { deployments: string })[]>(
    `SELECT statement.id AS "statementId", statement.partner_id AS "partnerId", partner.email,
            statement.deployments, ${plain('statement.purchased_credits')} AS "purchasedCredits",
            ${plain('statement.gross_revenue')} AS "grossRevenue",
            ${['revenue', 'adjustments', 'opening', 'due', 'payable'].map((name) => `${plain(`statement.${name}`)} AS ${name}`).join(', ')},
            ${plain('paid')} AS paid, ${plain('statement.payable - paid')} AS open, ${plain('net.open')} AS "netOpen"
       FROM statements AS statement
         JOIN users AS partner ON partner.id = statement.partner_id
         CROSS JOIN LATERAL (SELECT ${PAID_SQL} AS paid) AS sums
         CROSS JOIN LATERAL (
           SELECT sum(own.payable - own.paid) + (array_agg(own.carried ORDER BY own.month DESC))[1] AS open
             FROM (SELECT statement.payable, statement.carried, statement.month, ${PAID_SQL} AS paid
                     FROM statements AS statement WHERE statement.partner_id = partner.id) AS own) AS net
      WHERE statement.month = $1 ORDER BY statement.partner_id`,
    [month],
  );
  return rows.map((row) => ({ ...row, deployments: Number(row.deployments) }));
}

function totalsOf(data: readonly Payout[]): Payouts['totals'] {
  const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n);
  return {
    deployments: data.reduce((total, { deployments }) => total + deployments, 0),
    ...(Object.fromEntries([
      ...DECIMALS.map((name) => [name, formatDecimal(sum(data.map((row) => microsFromNumeric(row[name]))))]),
      ...MONEY.map((name) => [name, formatRevenue(sum(data.map((row) => revenueFromNumeric(row[name]))))]),
    ]) as Decimals),
  };
}
