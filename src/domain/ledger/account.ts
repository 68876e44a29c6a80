import type { Micros } from '../decimal.js';
import type { Instant } from '../instant.js';
import { compareEntries, type LedgerPosition } from './order.js';
import type { Pool, SpendingEntry } from './entry.js';

/** The kind of credits in a lot: `free` ones were awarded, `purchased` ones bought. */
export type LotPool = 'free' | 'purchased';

/**
 * The credits of one award or purchase, and the money paid for them. For both credits and value:
 * acquired = left + paid + lapsed + refunded + reversed (docs/rules.md, invariant 2). All values of a free lot are 0.
 */
export interface Lot {
  readonly pool: LotPool;
  /** The externalId of the award (free) or purchase (purchased) that opened it. */
  readonly id: string;
  readonly openedAt: Instant;
  /** The first instant at which the lot can no longer pay; null if it never lapses. */
  readonly expiresAt: Instant | null;
  readonly acquiredCredits: Micros;
  readonly acquiredValue: Micros;
  leftCredits: Micros;
  leftValue: Micros;
  /** Credits paid to spends, without those that refunds returned and reversals took back. */
  paidCredits: Micros;
  paidValue: Micros;
  lapsedCredits: Micros;
  lapsedValue: Micros;
  /** Credits that purchaseRefunds removed for money. */
  refundedCredits: Micros;
  refundedValue: Micros;
  /** Credits whose money was taken back, without those that releases gave back. */
  reversedCredits: Micros;
  reversedValue: Micros;
  /** The number of the lot's last taking; 0 before the first. */
  takings: number;
}

/** Credits that one spend took from one lot at one time. Allocations are never merged, even those of the same lot. */
export interface Allocation {
  readonly lot: Lot;
  /** The number of this taking among those of its lot, from 1. A reversal takes the newest one back first. */
  readonly taking: number;
  readonly takenCredits: Micros;
  readonly takenValue: Micros;
  /** When the lot paid: the occurredAt of the spend itself, or of the entry whose credits settled its debt. */
  readonly paidAt: Instant;
  /** Credits that it still pays: `takenCredits` less those that refunds and reversals took back. */
  credits: Micros;
  value: Micros;
}

/** A deployment or other spend with its allocations: cost = free + purchased + unpaid + refunded credits. */
export interface SpendState {
  readonly type: SpendingEntry['type'];
  readonly id: string;
  readonly occurredAt: Instant;
  readonly pool: Pool;
  readonly cost: Micros;
  /** In the order of payment. */
  readonly allocations: Allocation[];
  /** Credits that no lot covers: a debt. */
  unpaidCredits: Micros;
  refundedCredits: Micros;
}

/** Credits that a user can spend, and owes. Total = free + purchased; unpaid is not subtracted (docs/contract.md). */
export interface Balance {
  readonly freeCredits: Micros;
  readonly purchasedCredits: Micros;
  readonly unpaidCredits: Micros;
}

/** Credits and the value that they carry. */
export interface Part {
  readonly credits: Micros;
  readonly value: Micros;
}

/** All that a reversal took from a lot, so that a release can give exactly this back. */
export interface Reversal {
  /** The lot's key. */
  readonly lot: string;
  readonly left: Part;
  readonly lapsed: Part;
  /** What it took back from spends, by the spend's key, in the order in which it was paid. */
  readonly paid: readonly (Part & { readonly spend: string })[];
}

/**
 * One user's credits after the last folded entry. It is the state of the fold, and a checkpoint if it is kept.
 * A fold changes its account in place; `copyAccount` returns an independent one.
 */
export interface Account {
  readonly lots: Map<string, Lot>;
  readonly spends: Map<string, SpendState>;
  /** Lots with credits left, per pool, in the order of payment. */
  readonly openLots: Readonly<Record<LotPool, Lot[]>>;
  /** Spends with unpaid credits, in the ledger's order. */
  readonly debts: SpendState[];
  /** Reversals that were not released, by id. Empty in an account of which only a part was loaded. */
  readonly reversals: Map<string, Reversal>;
  balance: Balance;
  /** Position of the last folded entry; null before the first. */
  foldedTo: LedgerPosition | null;
}

/** An account before its first entry. */
export function emptyAccount(): Account {
  return {
    lots: new Map(),
    spends: new Map(),
    openLots: { free: [], purchased: [] },
    debts: [],
    reversals: new Map(),
    balance: { freeCredits: 0n, purchasedCredits: 0n, unpaidCredits: 0n },
    foldedTo: null,
  };
}

/** The key of a lot in `Account.lots`. It contains the pool, because ids are unique only within the type of entry. */
export function lotKey(pool: LotPool, id: string): string {
  return `${pool} ${id}`;
}

/** The key of a spend in `Account.spends`. */
export function spendKey(type: SpendState['type'], id: string): string {
  return `${type} ${id}`;
}

/**
 * Builds an account from its lots and spends: lots with credits left are open, spends with unpaid credits are debts.
 * The caller passes all of them, or only those that the next entries can touch: open lots, debts, the deployments and
 * purchases that refunds name, and every lot from which these spends got an allocation. Folding on gives the same. A
 * purchaseReversal or reversalRelease can touch all of a lot's takings, so it needs a fold from the first entry.
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

/** Returns an independent copy: folding into one of the two does not change the other. */
export function copyAccount(account: Account): Account {
  const lots = new Map([...account.lots.values()].map((lot) => [lot, { ...lot }]));
  const copyOf = (lot: Lot): Lot => lots.get(lot) ?? { ...lot };
  const spends = [...account.spends.values()].map((spend) => ({
    ...spend,
    allocations: spend.allocations.map((allocation) => ({ ...allocation, lot: copyOf(allocation.lot) })),
  }));
  const copy = restoreAccount(lots.values(), spends, account.foldedTo);
  for (const [id, reversal] of account.reversals) copy.reversals.set(id, reversal);
  return copy;
}

/**
 * The order in which the open lots of one pool pay: the soonest expiresAt first, lots without one last, then the lot's
 * own position in the ledger's order (docs/rules.md, "Lots").
 */
export function compareLots(left: Lot, right: Lot): number {
  if (left.expiresAt !== right.expiresAt) {
    if (left.expiresAt === null) return 1;
    if (right.expiresAt === null) return -1;
    return left.expiresAt < right.expiresAt ? -1 : 1;
  }
  return compareEntries(positionOf(left), positionOf(right));
}

function positionOf(lot: Lot): LedgerPosition {
  return { occurredAt: lot.openedAt, type: lot.pool === 'free' ? 'award' : 'purchase', id: lot.id };
}
