import { proportion, type Micros } from '../decimal.js';
import type { Instant } from '../instant.js';
import { comparePlatformIds } from '../platform-id.js';
import {
  compareLots,
  lotKey,
  type Account,
  type Lot,
  type LotPool,
  type Allocation,
  type Part,
  type SpendState,
} from './account.js';
import type { Award, Pool, Purchase, PurchaseRefund } from './entry.js';
import type { Lapse, Return, Withdrawal } from './posting.js';

const POOLS_THAT_PAY: Readonly<Record<Pool, readonly LotPool[]>> = {
  any: ['free', 'purchased'],
  free: ['free'],
  purchased: ['purchased'],
};

/** Opens the lot of an award or purchase. */
export function openLot(account: Account, entry: Award | Purchase): void {
  const isFree = entry.type === 'award';
  const value = isFree ? 0n : entry.amount;
  const lot: Lot = {
    pool: isFree ? 'free' : 'purchased',
    id: entry.id,
    openedAt: entry.occurredAt,
    expiresAt: entry.expiresAt,
    acquiredCredits: entry.credits,
    acquiredValue: value,
    leftCredits: 0n,
    leftValue: 0n,
    paidCredits: 0n,
    paidValue: 0n,
    lapsedCredits: 0n,
    lapsedValue: 0n,
    refundedCredits: 0n,
    refundedValue: 0n,
    reversedCredits: 0n,
    reversedValue: 0n,
    takings: 0,
  };
  account.lots.set(lotKey(lot.pool, lot.id), lot);
  putIn(account, lot, entry.credits, value);
}

/**
 * Pays a spend's unpaid credits from open lots as far as they suffice: free before purchased, inside each pool in the
 * lots' order. Each lot that pays adds an allocation.
 */
export function payFromLots(account: Account, spend: SpendState, at: Instant): Allocation[] {
  const allocations: Allocation[] = [];
  for (const pool of POOLS_THAT_PAY[spend.pool]) {
    const open = account.openLots[pool];
    while (spend.unpaidCredits > 0n && open.length > 0) {
      const lot = open[0] as Lot;
      const credits = lot.leftCredits < spend.unpaidCredits ? lot.leftCredits : spend.unpaidCredits;
      allocations.push(allocate(account, spend, lot, { credits, value: takeOut(account, lot, credits) }, at));
    }
  }
  return allocations;
}

/** Adds an allocation of a lot to a spend: its last piece, and the lot's newest taking. */
export function allocate(
  account: Account,
  spend: SpendState,
  lot: Lot,
  { credits, value }: Part,
  at: Instant,
): Allocation {
  lot.paidCredits += credits;
  lot.paidValue += value;
  lot.takings += 1;
  addUnpaid(account, spend, -credits);
  const allocation: Allocation = {
    lot,
    taking: lot.takings,
    takenCredits: credits,
    takenValue: value,
    paidAt: at,
    credits,
    value,
  };
  spend.allocations.push(allocation);
  return allocation;
}

/** Takes credits back from an allocation and returns them to its lot; if the lot has expired, they lapse at once. */
export function returnToLot(account: Account, allocation: Allocation, credits: Micros, at: Instant): Return {
  const value = takeBack(allocation, credits);
  const lapsed = putBack(account, allocation.lot, { credits, value }, at);
  return { allocation, credits, value, lapsed };
}

/** Takes credits back from an allocation; returns their part of its value. */
export function takeBack(allocation: Allocation, credits: Micros): Micros {
  const { lot } = allocation;
  const value = proportion(allocation.value, credits, allocation.credits);
  allocation.credits -= credits;
  allocation.value -= value;
  lot.paidCredits -= credits;
  lot.paidValue -= value;
  return value;
}

/** Returns credits to a lot; if it has expired, they lapse at once. Returns whether they lapsed. */
export function putBack(account: Account, lot: Lot, { credits, value }: Part, at: Instant): boolean {
  const lapsed = hasExpired(lot, at);
  if (lapsed) {
    lot.lapsedCredits += credits;
    lot.lapsedValue += value;
  } else {
    putIn(account, lot, credits, value);
  }
  return lapsed;
}

/** Removes the credits of a purchaseRefund from its lot: as many as it asks for, at most all that are left. */
export function withdraw(account: Account, entry: PurchaseRefund): Withdrawal | null {
  const lot = account.lots.get(lotKey('purchased', entry.purchaseId));
  if (lot === undefined || lot.leftCredits === 0n) return null;
  const asked = entry.credits ?? lot.leftCredits;
  const credits = asked < lot.leftCredits ? asked : lot.leftCredits;
  const value = takeOut(account, lot, credits);
  lot.refundedCredits += credits;
  lot.refundedValue += value;
  return { lot, credits, value };
}

/**
 * Lets every open lot with an expiresAt of `at` or earlier lapse, before any entry of that instant. Expiries follow
 * the ledger's order: at one instant they are sorted by the lot's id, not by the order of payment.
 */
export function lapseUntil(account: Account, at: Instant): Lapse[] {
  const { free, purchased } = account.openLots;
  const due = [...expiredAmong(free, at), ...expiredAmong(purchased, at)].sort(compareExpiries);
  return due.map((lot) => {
    const credits = lot.leftCredits;
    const value = takeOut(account, lot, credits);
    lot.lapsedCredits += credits;
    lot.lapsedValue += value;
    return { lot, at: lot.expiresAt as Instant, credits, value, after: account.balance };
  });
}

/** The credits left in a lot at an instant at or after the account's last entry: 0 once the lot has expired. */
export function leftCreditsAt(lot: Lot, at: Instant): Micros {
  return hasExpired(lot, at) ? 0n : lot.leftCredits;
}

/** Changes a spend's unpaid credits and their sum in the account's balance. */
export function addUnpaid(account: Account, spend: SpendState, credits: Micros): void {
  spend.unpaidCredits += credits;
  account.balance = { ...account.balance, unpaidCredits: account.balance.unpaidCredits + credits };
}

/** Returns the expired lots. Open lots are sorted by expiry, so these come first. */
function expiredAmong(open: readonly Lot[], at: Instant): readonly Lot[] {
  const firstAlive = open.findIndex((lot) => !hasExpired(lot, at));
  return firstAlive === -1 ? [...open] : open.slice(0, firstAlive);
}

/** Sorts expiries of one instant by id. If an award and a purchase have the same id, the award's lot lapses first. */
function compareExpiries(left: Lot, right: Lot): number {
  const [leftAt, rightAt] = [left.expiresAt as Instant, right.expiresAt as Instant];
  if (leftAt !== rightAt) return leftAt < rightAt ? -1 : 1;
  return comparePlatformIds(left.id, right.id);
}

function hasExpired(lot: Lot, at: Instant): boolean {
  return lot.expiresAt !== null && lot.expiresAt <= at;
}

/** Adds credits to a lot, and adds the lot to the open ones if it was empty. */
function putIn(account: Account, lot: Lot, credits: Micros, value: Micros): void {
  if (lot.leftCredits === 0n) insertInOrder(account.openLots[lot.pool], lot);
  lot.leftCredits += credits;
  lot.leftValue += value;
  addToPool(account, lot.pool, credits);
}

/** Removes credits and their part of the value from an open lot, and closes the lot if it is empty then. */
export function takeOut(account: Account, lot: Lot, credits: Micros): Micros {
  const value = proportion(lot.leftValue, credits, lot.leftCredits);
  lot.leftCredits -= credits;
  lot.leftValue -= value;
  addToPool(account, lot.pool, -credits);
  if (lot.leftCredits === 0n) {
    const open = account.openLots[lot.pool];
    open.splice(open.indexOf(lot), 1);
  }
  return value;
}

function addToPool(account: Account, pool: LotPool, credits: Micros): void {
  const { balance } = account;
  account.balance =
    pool === 'free'
      ? { ...balance, freeCredits: balance.freeCredits + credits }
      : { ...balance, purchasedCredits: balance.purchasedCredits + credits };
}

function insertInOrder(open: Lot[], lot: Lot): void {
  let [low, high] = [0, open.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareLots(open[middle] as Lot, lot) < 0) low = middle + 1;
    else high = middle;
  }
  open.splice(low, 0, lot);
}
