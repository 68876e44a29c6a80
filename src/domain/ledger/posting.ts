import type { Micros } from '../decimal.js';
import type { Instant } from '../instant.js';
import type { Balance, Lot, Allocation, SpendState } from './account.js';
import type { Entry } from './entry.js';

/** What was left of a lot when it expired. */
export interface Lapse {
  readonly lot: Lot;
  readonly at: Instant;
  readonly credits: Micros;
  readonly value: Micros;
  /** The balance right after it. */
  readonly after: Balance;
}

/** A lot paid for a spend. */
export interface Payment {
  readonly spend: SpendState;
  readonly allocation: Allocation;
}

/** A refund took credits back from a allocation; they went back to the allocation's lot. */
export interface Return {
  readonly allocation: Allocation;
  readonly credits: Micros;
  readonly value: Micros;
  /** The lot had expired by then, so they lapsed at once. */
  readonly lapsed: boolean;
}

/** Bought credits that left their lot for money. */
export interface Withdrawal {
  readonly lot: Lot;
  readonly credits: Micros;
  readonly value: Micros;
}

/** All that one entry did: what explanations and histories are drawn from. */
export interface Posting {
  readonly entry: Entry;
  readonly before: Balance;
  readonly after: Balance;
  /** Lots that expired after the entry before this one, up to this one's instant, in their order. */
  readonly lapses: readonly Lapse[];
  /** What the entry, a spend, took when it happened. */
  readonly payments: readonly Payment[];
  /** Older debts that the entry's credits settled. */
  readonly settlements: readonly Payment[];
  /** What the entry, a refund, took back. */
  readonly returns: readonly Return[];
  /** Of a refund: the unpaid part that it cancelled. */
  readonly cancelledCredits: Micros;
  /** Of a purchaseRefund. */
  readonly withdrawal: Withdrawal | null;
  /** What a refund with stated credits could not take, because a late entry left less: a warning of verify. */
  readonly shortfallCredits: Micros;
}
