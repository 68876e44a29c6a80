import { formatDecimal, microsFromNumeric, moneyViolations, type MoneyTotals } from '../../domain/index.js';
import type { Snapshot } from '../../platform/database/index.js';

const SOURCES: Readonly<Record<keyof MoneyTotals, string>> = {
  paidIn: 'SELECT sum(acquired_value) FROM credit_lots',
  grossRevenue: 'SELECT sum(gross_revenue) FROM deployment_revenue',
  otherSpends: `SELECT sum(value) FROM credit_allocations WHERE spend_type = 'spend'`,
  left: 'SELECT sum(left_value) FROM credit_lots',
  lapsed: 'SELECT sum(lapsed_value) FROM credit_lots',
  refunded: 'SELECT sum(refunded_value) FROM credit_lots',
  reversed: 'SELECT sum(reversed_value) FROM credit_lots',
};

const NAMES = Object.keys(SOURCES) as (keyof MoneyTotals)[];

/** No money yet. */
export const NO_MONEY: MoneyTotals = {
  paidIn: 0n,
  grossRevenue: 0n,
  otherSpends: 0n,
  left: 0n,
  lapsed: 0n,
  refunded: 0n,
  reversed: 0n,
};

/** The sum of two totals. */
export function addMoney(left: MoneyTotals, right: MoneyTotals): MoneyTotals {
  return Object.fromEntries(NAMES.map((name) => [name, left[name] + right[name]])) as Record<
    keyof MoneyTotals,
    bigint
  >;
}

/**
 * Compares the money in the tables, summed by PostgreSQL, with invariant 3, with the payments in the ledger's
 * purchases, and with the totals of the fold.
 */
export async function storedMoneyViolations({ manager }: Snapshot, folded: MoneyTotals): Promise<string[]> {
  const sums = NAMES.map((name) => `coalesce((${SOURCES[name]}), 0) AS "${name}"`);
  const [row] = await manager.query<(Record<keyof MoneyTotals, string> & { purchases: string })[]>(
    `SELECT ${sums.join(', ')},
            coalesce((SELECT sum(amount) FROM credit_entries WHERE type = 'purchase'), 0) AS purchases`,
  );
  if (row === undefined) return ['money: PostgreSQL returned no sums'];
  const stored = Object.fromEntries(NAMES.map((name) => [name, microsFromNumeric(row[name])])) as Record<
    keyof MoneyTotals,
    bigint
  >;
  const purchases = microsFromNumeric(row.purchases);
  return [
    ...moneyViolations(stored).map((violation) => `stored ${violation}`),
    ...(stored.paidIn === purchases
      ? []
      : [
          `stored money: the lots contain payments of ${formatDecimal(stored.paidIn)}, the ledger's purchases ${formatDecimal(purchases)}`,
        ]),
    ...NAMES.filter((name) => stored[name] !== folded[name]).map(
      (name) =>
        `stored money: ${name} is ${formatDecimal(stored[name])}, but ${formatDecimal(folded[name])} in the fold`,
    ),
  ];
}
