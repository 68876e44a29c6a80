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
  };
  account.lots.set(lotKey(lot.pool, lot.id), lot);
  putIn(account, lot, entry.credits, value);
}

/**
 * Pays as much of a spend's unpaid credits as open lots can: free before purchased, inside each pool in the lots'
 * order, each taking a allocation of its own.
 */
export function payFromLots(account: Account, spend: SpendState, at: Instant): Allocation[] {
  const allocations: Allocation[] = [];
  for (const pool of POOLS_THAT_PAY[spend.pool]) {
    const open = account.openLots[pool];
    while (spend.unpaidCredits > 0n && open.length > 0) {
      const lot = open[0] as Lot;
      const credits = lot.leftCredits < spend.unpaidCredits ? lot.leftCredits : spend.unpaidCredits;
      const value = takeOut(account, lot, credits);
      lot.paidCredits += credits;
      lot.paidValue += value;
      addUnpaid(account, spend, -credits);
      const allocation: Allocation = {
        lot,
        takenCredits: credits,
        takenValue: value,
        paidAt: at,
        credits,
        value,
      };
      spend.allocations.push(allocation);
      allocations.push(allocation);
    }
  }
  return allocations;
}

/** Takes credits back from a allocation and returns them to its lot; where that has expired they lapse at once. */
export function returnToLot(account: Account, allocation: Allocation, credits: Micros, at: Instant): Return {
  const { lot } = allocation;
  const value = proportion(allocation.value, credits, allocation.credits);
  allocation.credits -= credits;
  allocation.value -= value;
  lot.paidCredits -= credits;
  lot.paidValue -= value;
  const lapsed = hasExpired(lot, at);
  if (lapsed) {
    lot.lapsedCredits += credits;
    lot.lapsedValue += value;
  } else {
    putIn(account, lot, credits, value);
  }
  return { allocation, credits, value, lapsed };
}

/** Removes as many of a purchased lot's remaining credits as a purchaseRefund asks for, as far as they are there. */
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
 * Lets every open lot lapse whose expiresAt has come: at the very instant, before anything else of that instant.
 * Expiries stand in the ledger's order, which at one instant goes by the lot's id, not by the order in which lots pay.
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

/** What a lot holds at an instant at or after the account's last entry: nothing once it has expired. */
export function leftCreditsAt(lot: Lot, at: Instant): Micros {
  return hasExpired(lot, at) ? 0n : lot.leftCredits;
}

/** Changes what a spend owes, and the account's sum of it. */
export function addUnpaid(account: Account, spend: SpendState, credits: Micros): void {
  spend.unpaidCredits += credits;
  account.balance = { ...account.balance, unpaidCredits: account.balance.unpaidCredits + credits };
}

/** Open lots stand soonest expiry first, so the expired ones are those before the first that is not. */
function expiredAmong(open: readonly Lot[], at: Instant): readonly Lot[] {
  const firstAlive = open.findIndex((lot) => !hasExpired(lot, at));
  return firstAlive === -1 ? [...open] : open.slice(0, firstAlive);
}

/** Two expiries at one instant go by their ids; of an award and a purchase with one id the award's lapses first. */
function compareExpiries(left: Lot, right: Lot): number {
  const [leftAt, rightAt] = [left.expiresAt as Instant, right.expiresAt as Instant];
  if (leftAt !== rightAt) return leftAt < rightAt ? -1 : 1;
  return comparePlatformIds(left.id, right.id);
}

function hasExpired(lot: Lot, at: Instant): boolean {
  return lot.expiresAt !== null && lot.expiresAt <= at;
}

/** Credits go into a lot; a lot that was empty takes its place among the open ones. */
function putIn(account: Account, lot: Lot, credits: Micros, value: Micros): void {
  if (lot.leftCredits === 0n) insertInOrder(account.openLots[lot.pool], lot);
  lot.leftCredits += credits;
  lot.leftValue += value;
  addToPool(account, lot.pool, credits);
}

/** Credits leave an open lot with their part of its value; a lot that is empty is open no more. */
function takeOut(account: Account, lot: Lot, credits: Micros): Micros {
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
