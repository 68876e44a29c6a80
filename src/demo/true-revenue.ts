import { parseDecimal, unitPrice, type Micros } from '../domain/index.js';
import { moneyText } from '../variables/index.js';

/** The fields of a report row that the sentence needs; canonical decimals. */
export interface ExplainedRow {
  readonly moduleName: string;
  readonly createdAt: string;
  readonly creditCost: string;
  readonly freeCredits: string;
  readonly purchasedCredits: string;
  readonly unpaidCredits: string;
  readonly refundedCredits: string;
  readonly grossRevenue: string;
  readonly partnerRevenueShare: string;
  readonly revenue: string;
}

/**
 * Explains true revenue in one sentence with a real row: one that free and purchased credits paid together, with
 * figures as short as possible.
 *
 * @returns null if there is no such row
 */
export function trueRevenueSentence(rows: readonly ExplainedRow[], currency: string): string | null {
  const [row] = rows.filter(isPaidFromBothPools).toSorted((left, right) => lengthOf(left) - lengthOf(right));
  if (row === undefined) return null;
  const { moduleName, createdAt, creditCost, freeCredits, purchasedCredits } = row;
  const { grossRevenue, partnerRevenueShare, revenue } = row;
  const money = (amount: string): string => moneyText(amount, currency);
  return (
    `True revenue counts only purchased credits, at the price that was paid for them. Of the ${creditCost} credits that ` +
    `${moduleName} cost on ${createdAt.slice(0, 10)}, ${freeCredits} were free and ${purchasedCredits} purchased, ` +
    `at ${money(priceOf(row))} ${currency} each: gross ${money(grossRevenue)}, of which the partner gets ` +
    `${partnerRevenueShare} % = ${money(revenue)}.`
  );
}

function isPaidFromBothPools({
  freeCredits,
  purchasedCredits,
  unpaidCredits,
  refundedCredits,
}: ExplainedRow): boolean {
  return freeCredits !== '0' && purchasedCredits !== '0' && unpaidCredits === '0' && refundedCredits === '0';
}

function lengthOf(row: ExplainedRow): number {
  return `${priceOf(row)}${row.purchasedCredits}${row.grossRevenue}`.length;
}

/** Money for one purchased credit, cut to 12 places. */
function priceOf({ grossRevenue, purchasedCredits }: ExplainedRow): string {
  return unitPrice(micros(grossRevenue), micros(purchasedCredits));
}

function micros(text: string): Micros {
  const value = parseDecimal(text);
  if (value === null) throw new RangeError(`The report contains "${text}", which is not a decimal`);
  return value;
}
