import { formatDecimal, type Micros } from '../decimal.js';
import type { Account, Lot, LotPool, SpendState } from './account.js';

/** Sums over accounts, for invariant 3: money paid in = gross + other spends + left + lapsed + refunded + reversed. */
export interface MoneyTotals {
  readonly paidIn: Micros;
  readonly grossRevenue: Micros;
  readonly otherSpends: Micros;
  readonly left: Micros;
  readonly lapsed: Micros;
  readonly refunded: Micros;
  readonly reversed: Micros;
}

/** Credits and value that pay a spend now, by pool. The purchased value of a deployment is its gross revenue. */
export interface SpendFigures {
  readonly freeCredits: Micros;
  readonly purchasedCredits: Micros;
  readonly grossValue: Micros;
}

/** Sums a spend's allocations. */
export function figuresOf(spend: SpendState): SpendFigures {
  let [freeCredits, purchasedCredits, grossValue] = [0n, 0n, 0n];
  for (const allocation of spend.allocations) {
    if (allocation.lot.pool === 'free') freeCredits += allocation.credits;
    else purchasedCredits += allocation.credits;
    grossValue += allocation.value;
  }
  return { freeCredits, purchasedCredits, grossValue };
}

/**
 * Checks invariants 1 to 3 of docs/rules.md on one account.
 *
 * @param account all of a user's lots and spends, folded from the first entry
 * @returns one sentence for each violation
 */
export function violationsOf(account: Account): string[] {
  return [
    ...[...account.spends.values()].flatMap(spendViolations),
    ...[...account.lots.values()].flatMap(lotViolations),
    ...paidViolations(account),
    ...balanceViolations(account),
    ...moneyViolations(moneyTotalsOf(account)),
  ];
}

/** Sums the money of one account by what happened to it. */
export function moneyTotalsOf(account: Account): MoneyTotals {
  const lots = [...account.lots.values()];
  const spends = [...account.spends.values()];
  const grossOf = (type: SpendState['type']): Micros =>
    sum(spends.filter((spend) => spend.type === type).map((spend) => figuresOf(spend).grossValue));
  return {
    paidIn: sum(lots.map((lot) => lot.acquiredValue)),
    grossRevenue: grossOf('deployment'),
    otherSpends: grossOf('spend'),
    left: sum(lots.map((lot) => lot.leftValue)),
    lapsed: sum(lots.map((lot) => lot.lapsedValue)),
    refunded: sum(lots.map((lot) => lot.refundedValue)),
    reversed: sum(lots.map((lot) => lot.reversedValue)),
  };
}

/** Checks invariant 3 on the sum of any number of accounts. */
export function moneyViolations(totals: MoneyTotals): string[] {
  const { grossRevenue, otherSpends, left, lapsed, refunded, reversed } = totals;
  const accountedFor = grossRevenue + otherSpends + left + lapsed + refunded + reversed;
  if (totals.paidIn === accountedFor) return [];
  return [`money: paid in ${formatDecimal(totals.paidIn)}, accounted for ${formatDecimal(accountedFor)}`];
}

function spendViolations(spend: SpendState): string[] {
  const { freeCredits, purchasedCredits } = figuresOf(spend);
  const covered = freeCredits + purchasedCredits + spend.unpaidCredits + spend.refundedCredits;
  const name = `${spend.type} ${spend.id}`;
  return [
    ...(covered === spend.cost
      ? []
      : [`${name}: cost ${formatDecimal(spend.cost)}, covered ${formatDecimal(covered)}`]),
    ...negative(name, { unpaid: spend.unpaidCredits, refunded: spend.refundedCredits }),
    ...spend.allocations.flatMap((allocation) =>
      negative(`${name}, an allocation`, { credits: allocation.credits, value: allocation.value }),
    ),
  ];
}

function lotViolations(lot: Lot): string[] {
  const credits =
    lot.leftCredits + lot.paidCredits + lot.lapsedCredits + lot.refundedCredits + lot.reversedCredits;
  const value = lot.leftValue + lot.paidValue + lot.lapsedValue + lot.refundedValue + lot.reversedValue;
  const name = `${lot.pool} lot ${lot.id}`;
  return [
    ...(credits === lot.acquiredCredits ? [] : [`${name}: credits do not add up to what was acquired`]),
    ...(value === lot.acquiredValue ? [] : [`${name}: value does not add up to what was paid`]),
    ...negative(name, {
      left: lot.leftCredits,
      'left value': lot.leftValue,
      paid: lot.paidCredits,
      'paid value': lot.paidValue,
      lapsed: lot.lapsedCredits,
      'lapsed value': lot.lapsedValue,
      refunded: lot.refundedCredits,
      'refunded value': lot.refundedValue,
      reversed: lot.reversedCredits,
      'reversed value': lot.reversedValue,
    }),
  ];
}

/** Compares the credits and value that lots paid out (invariant 2) with the sums of their allocations. */
function paidViolations(account: Account): string[] {
  const got = new Map<Lot, { credits: Micros; value: Micros }>();
  for (const { lot, credits, value } of [...account.spends.values()].flatMap((spend) => spend.allocations)) {
    const sofar = got.get(lot) ?? { credits: 0n, value: 0n };
    got.set(lot, { credits: sofar.credits + credits, value: sofar.value + value });
  }
  return [...account.lots.values()].flatMap((lot) => {
    const { credits, value } = got.get(lot) ?? { credits: 0n, value: 0n };
    return [
      ...(credits === lot.paidCredits
        ? []
        : [`${lot.pool} lot ${lot.id}: paid credits differ from its allocations`]),
      ...(value === lot.paidValue
        ? []
        : [`${lot.pool} lot ${lot.id}: paid value differs from its allocations`]),
    ];
  });
}

function balanceViolations(account: Account): string[] {
  const leftIn = (pool: LotPool): Micros =>
    sum([...account.lots.values()].filter((lot) => lot.pool === pool).map((lot) => lot.leftCredits));
  const unpaid = sum([...account.spends.values()].map((spend) => spend.unpaidCredits));
  const { balance } = account;
  return [
    ...(balance.freeCredits === leftIn('free') ? [] : ['balance: free credits differ from the lots']),
    ...(balance.purchasedCredits === leftIn('purchased')
      ? []
      : ['balance: purchased credits differ from the lots']),
    ...(balance.unpaidCredits === unpaid ? [] : ['balance: unpaid credits differ from the debts']),
    ...negative('balance', { ...balance }),
  ];
}

function negative(name: string, figures: Readonly<Record<string, Micros>>): string[] {
  return Object.entries(figures)
    .filter(([, value]) => value < 0n)
    .map(([figure, value]) => `${name}: ${figure} is ${formatDecimal(value)}`);
}

function sum(values: readonly Micros[]): Micros {
  return values.reduce((total, value) => total + value, 0n);
}
