import type { Micros } from '../decimal.js';
import type { Instant } from '../instant.js';
import { compareEntries, type LedgerPosition } from './order.js';
import type { Pool, SpendingEntry } from './entry.js';

/** What a lot holds: awarded credits are free, bought ones purchased. */
export type LotPool = 'free' | 'purchased';

/**
 * The credits of one award or purchase, and the money paid for them. For credits and value alike:
 * acquired = left + paid + lapsed + refunded (docs/rules.md, invariant 2). A free lot's values are all 0.
 */
export interface Lot {
  readonly pool: LotPool;
  /** The externalId of the award (free) or purchase (purchased) that opened it. */
  readonly id: string;
  readonly openedAt: Instant;
  /** The first instant at which it can no longer pay; null: never lapses. */
  readonly expiresAt: Instant | null;
  readonly acquiredCredits: Micros;
  readonly acquiredValue: Micros;
  leftCredits: Micros;
  leftValue: Micros;
  /** Went to spends, less what refunds of deployments brought back. */
  paidCredits: Micros;
  paidValue: Micros;
  lapsedCredits: Micros;
  lapsedValue: Micros;
  /** Given back for money by purchaseRefunds. */
  refundedCredits: Micros;
  refundedValue: Micros;
}

/** One taking from one lot: never merged with another, even of the same lot. */
export interface Allocation {
  readonly lot: Lot;
  readonly takenCredits: Micros;
  readonly takenValue: Micros;
  /** When the lot paid: the occurredAt of the spend itself, or of the entry whose credits settled its debt. */
  readonly paidAt: Instant;
  /** What it still pays: taken less what refunds took back. */
  credits: Micros;
  value: Micros;
}

/** A deployment or other spend and what pays for it: cost = free + purchased allocations + unpaid + refunded. */
export interface SpendState {
  readonly type: SpendingEntry['type'];
  readonly id: string;
  readonly occurredAt: Instant;
  readonly pool: Pool;
  readonly cost: Micros;
  /** In the order in which they paid. */
  readonly allocations: Allocation[];
  /** What no lot covers: a debt. */
  unpaidCredits: Micros;
  refundedCredits: Micros;
}

/** What a user can spend, and owes. Total = free + purchased; unpaid is not subtracted (docs/contract.md). */
export interface Balance {
  readonly freeCredits: Micros;
  readonly purchasedCredits: Micros;
  readonly unpaidCredits: Micros;
}

/**
 * One user's credits after the last entry folded: the state that the fold works on, and a checkpoint when kept.
 * A fold owns its account and changes it in place; `copyAccount` gives an independent one.
 */
export interface Account {
  readonly lots: Map<string, Lot>;
  readonly spends: Map<string, SpendState>;
  /** Lots with credits left, per pool, in the order in which they pay. */
  readonly openLots: Readonly<Record<LotPool, Lot[]>>;
  /** Spends with something unpaid, in their own order. */
  readonly debts: SpendState[];
  balance: Balance;
  /** Where the last entry folded stands; null before the first. */
  foldedTo: LedgerPosition | null;
}

/** An account before its first entry. */
export function emptyAccount(): Account {
  return {
    lots: new Map(),
    spends: new Map(),
    openLots: { free: [], purchased: [] },
    debts: [],
    balance: { freeCredits: 0n, purchasedCredits: 0n, unpaidCredits: 0n },
    foldedTo: null,
  };
}

/** The key of a lot among an account's: ids are unique within their entry's type only. */
export function lotKey(pool: LotPool, id: string): string {
  return `${pool} ${id}`;
}

/** The key of a spend among an account's. */
export function spendKey(type: SpendState['type'], id: string): string {
  return `${type} ${id}`;
}

/**
 * Builds an account from its lots and spends: the ones with credits left are open, the ones with something unpaid are
 * debts. All of them may be given, or only those that the coming entries can touch: open lots, debts, the deployments
 * and purchases that refunds name, and every lot that a allocation of these spends was taken from. What follows is the same.
 */
export function restoreAccount(
  lots: Iterable<Lot>,
  spends: Iterable<SpendState>,
  foldedTo: LedgerPosition | null,
): Account {
  const account = emptyAccount();
  let [freeCredits, purchasedCredits, unpaidCredits] = [0n, 0n, 0n];
  for (const lot of lots) {
    account.lots.set(lotKey(lot.pool, lot.id), lot);
    if (lot.leftCredits === 0n) continue;
    account.openLots[lot.pool].push(lot);
    if (lot.pool === 'free') freeCredits += lot.leftCredits;
    else purchasedCredits += lot.leftCredits;
  }
  account.openLots.free.sort(compareLots);
  account.openLots.purchased.sort(compareLots);
  for (const spend of spends) {
    account.spends.set(spendKey(spend.type, spend.id), spend);
    if (spend.unpaidCredits === 0n) continue;
    account.debts.push(spend);
    unpaidCredits += spend.unpaidCredits;
  }
  account.debts.sort(compareEntries);
  account.balance = { freeCredits, purchasedCredits, unpaidCredits };
  account.foldedTo = foldedTo;
  return account;
}

/** An independent copy: folding into the one leaves the other as it is. */
export function copyAccount(account: Account): Account {
  const lots = new Map([...account.lots.values()].map((lot) => [lot, { ...lot }]));
  const copyOf = (lot: Lot): Lot => lots.get(lot) ?? { ...lot };
  const spends = [...account.spends.values()].map((spend) => ({
    ...spend,
    allocations: spend.allocations.map((allocation) => ({ ...allocation, lot: copyOf(allocation.lot) })),
  }));
  return restoreAccount(lots.values(), spends, account.foldedTo);
}

/**
 * The order in which the open lots of one pool pay: the soonest expiresAt first, none last, then the lot's own place
 * in the ledger's order (docs/rules.md, "Lots").
 */
export function compareLots(left: Lot, right: Lot): number {
  if (left.expiresAt !== right.expiresAt) {
    if (left.expiresAt === null) return 1;
    if (right.expiresAt === null) return -1;
    return left.expiresAt < right.expiresAt ? -1 : 1;
  }
  return compareEntries(placeOf(left), placeOf(right));
}

function placeOf(lot: Lot): LedgerPosition {
  return { occurredAt: lot.openedAt, type: lot.pool === 'free' ? 'award' : 'purchase', id: lot.id };
}
