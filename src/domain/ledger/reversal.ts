import { proportion, type Micros } from '../decimal.js';
import type { Instant } from '../instant.js';
import { lotKey, spendKey, type Account, type Lot, type Part, type Reversal } from './account.js';
import { forgetDebt, oweAgain } from './debts.js';
import type { PurchaseReversal, ReversalRelease } from './entry.js';
import { allocate, putBack, takeBack, takeOut } from './lots.js';
import type { LotRelease, LotReversal, Payment, TakenBack } from './posting.js';

/** Credits of a lot whose money can still be taken back: acquired - refunded - reversed + released. */
export function leftToReverse(lot: Lot): Micros {
  return lot.acquiredCredits - lot.refundedCredits - lot.reversedCredits;
}

/**
 * Takes the credits of a purchaseReversal from its lot: what is left in it, then what has lapsed, then what it paid,
 * its newest taking first (docs/rules.md, "Reversals"). The account must hold all spends that the lot paid.
 *
 * @returns null if the lot holds nothing
 */
export function reverse(account: Account, entry: PurchaseReversal): LotReversal | null {
  const key = lotKey('purchased', entry.purchaseId);
  const lot = account.lots.get(key);
  const available = lot === undefined ? 0n : leftToReverse(lot);
  if (lot === undefined || available === 0n) return null;
  const asked = entry.credits ?? available;
  let outstanding = asked < available ? asked : available;
  lot.reversedCredits += outstanding;
  const left = takeLeft(account, lot, outstanding);
  outstanding -= left.credits;
  const lapsed = takeLapsed(lot, outstanding);
  outstanding -= lapsed.credits;
  const takenBack = takePaid(account, lot, outstanding);
  for (const { value } of [left, lapsed, ...takenBack]) lot.reversedValue += value;
  account.reversals.set(entry.id, { lot: key, left, lapsed, paid: inOrderOfPayment(takenBack) });
  return { lot, left, lapsed, takenBack };
}

/** The credits that a reversal took. */
export function creditsTaken({ left, lapsed, takenBack }: LotReversal): Micros {
  return takenBack.reduce((sum, { credits }) => sum + credits, left.credits + lapsed.credits);
}

/**
 * Gives back what a reversal took: first to the spends from which it took, in the order in which they were paid and as
 * far as they are unpaid; the rest returns to the lot, or lapses at once where the lot has expired.
 *
 * @returns null if the reversal took nothing, or was released before
 */
export function release(account: Account, { reversalId, occurredAt }: ReversalRelease): LotRelease | null {
  const reversal = account.reversals.get(reversalId);
  const lot = reversal && account.lots.get(reversal.lot);
  if (reversal === undefined || lot === undefined) return null;
  account.reversals.delete(reversalId);
  let [credits, value] = [0n, 0n];
  const payments: Payment[] = [];
  const whole = [reversal.left, reversal.lapsed].map((part) => ({ ...part, spend: null }));
  for (const part of [...whole, ...reversal.paid]) {
    lot.reversedCredits -= part.credits;
    lot.reversedValue -= part.value;
    const payment = payAgain(account, lot, part, occurredAt);
    if (payment !== null) payments.push(payment);
    credits += part.credits - (payment?.allocation.takenCredits ?? 0n);
    value += part.value - (payment?.allocation.takenValue ?? 0n);
  }
  const returned = { credits, value };
  const lapsed = credits > 0n && putBack(account, lot, returned, occurredAt);
  return { lot, payments, returned, lapsed };
}

function takeLeft(account: Account, lot: Lot, wanted: Micros): Part {
  const credits = lot.leftCredits < wanted ? lot.leftCredits : wanted;
  return { credits, value: credits === 0n ? 0n : takeOut(account, lot, credits) };
}

function takeLapsed(lot: Lot, wanted: Micros): Part {
  const credits = lot.lapsedCredits < wanted ? lot.lapsedCredits : wanted;
  const value = credits === 0n ? 0n : proportion(lot.lapsedValue, credits, lot.lapsedCredits);
  lot.lapsedCredits -= credits;
  lot.lapsedValue -= value;
  return { credits, value };
}

function takePaid(account: Account, lot: Lot, wanted: Micros): TakenBack[] {
  if (wanted === 0n) return [];
  const takings = [...account.spends.values()]
    .flatMap((spend) => spend.allocations.map((allocation) => ({ spend, allocation })))
    .filter(({ allocation }) => allocation.lot === lot && allocation.credits > 0n)
    .sort((left, right) => right.allocation.taking - left.allocation.taking);
  const takenBack: TakenBack[] = [];
  let outstanding = wanted;
  for (const { spend, allocation } of takings) {
    if (outstanding === 0n) break;
    const credits = allocation.credits < outstanding ? allocation.credits : outstanding;
    takenBack.push({ spend, allocation, credits, value: takeBack(allocation, credits) });
    oweAgain(account, spend, credits);
    outstanding -= credits;
  }
  return takenBack;
}

function inOrderOfPayment(takenBack: readonly TakenBack[]): Reversal['paid'] {
  return [...takenBack]
    .reverse()
    .map(({ spend, credits, value }) => ({ spend: spendKey(spend.type, spend.id), credits, value }));
}

/** Pays a spend again with the credits that were taken back from it, as far as it is unpaid. */
function payAgain(
  account: Account,
  lot: Lot,
  part: Part & { readonly spend: string | null },
  at: Instant,
): Payment | null {
  const spend = part.spend === null ? undefined : account.spends.get(part.spend);
  if (spend === undefined || spend.unpaidCredits === 0n) return null;
  const credits = part.credits < spend.unpaidCredits ? part.credits : spend.unpaidCredits;
  const value = proportion(part.value, credits, part.credits);
  const allocation = allocate(account, spend, lot, { credits, value }, at);
  if (spend.unpaidCredits === 0n) forgetDebt(account, spend);
  return { spend, allocation };
}
