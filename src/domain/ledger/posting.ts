import type { Micros } from '../decimal.js';
import type { Instant } from '../instant.js';
import type { Balance, Lot, Allocation, SpendState } from './account.js';
import type { Entry } from './entry.js';

/** The rest of a lot at its expiry. */
export interface Lapse {
  readonly lot: Lot;
  readonly at: Instant;
  readonly credits: Micros;
  readonly value: Micros;
  /** The balance right after the lapse. */
  readonly after: Balance;
}

/** A new allocation, with the spend that it pays. */
export interface Payment {
  readonly spend: SpendState;
  readonly allocation: Allocation;
}

/** Credits that a refund took back from an allocation and returned to its lot. */
export interface Return {
  readonly allocation: Allocation;
  readonly credits: Micros;
  readonly value: Micros;
  /** Whether the lot had expired, so that the credits lapsed at once. */
  readonly lapsed: boolean;
}

/** Purchased credits that a purchaseRefund removed from their lot. */
export interface Withdrawal {
  readonly lot: Lot;
  readonly credits: Micros;
  readonly value: Micros;
}

/** Everything that one entry did; explanations and histories show it. */
export interface Posting {
  readonly entry: Entry;
  readonly before: Balance;
  readonly after: Balance;
  /** Lots that expired since the previous entry, up to this entry's instant, in the ledger's order. */
  readonly lapses: readonly Lapse[];
  /** Allocations of the entry itself, if it is a spend. */
  readonly payments: readonly Payment[];
  /** Allocations to older debts that the entry's credits settled. */
  readonly settlements: readonly Payment[];
  /** Credits that the entry took back from allocations, if it is a refund. */
  readonly returns: readonly Return[];
  /** The unpaid credits that the entry cancelled, if it is a refund. */
  readonly cancelledCredits: Micros;
  /** The credits that the entry removed from their lot, if it is a purchaseRefund. */
  readonly withdrawal: Withdrawal | null;
  /** Credits that a refund asked for and could not take, because of a late entry; `verify` warns of them. */
  readonly shortfallCredits: Micros;
}
