import type { Micros } from '../decimal.js';
import type { Instant } from '../instant.js';
import type { Balance, Lot, Allocation, Part, SpendState } from './account.js';
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

/** Credits that a reversal took back from an allocation; its spend is unpaid by as much. */
export interface TakenBack extends Part {
  readonly spend: SpendState;
  readonly allocation: Allocation;
}

/** Everything that a reversal took from its lot. */
export interface LotReversal {
  readonly lot: Lot;
  readonly left: Part;
  readonly lapsed: Part;
  /** The newest taking first. */
  readonly takenBack: readonly TakenBack[];
}

/** Everything that a release gave back. */
export interface LotRelease {
  readonly lot: Lot;
  /** New allocations of the spends from which the reversal had taken. */
  readonly payments: readonly Payment[];
  /** The rest, which returned to the lot. */
  readonly returned: Part;
  /** Whether the lot had expired, so that the rest lapsed at once. */
  readonly lapsed: boolean;
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
  /** What the entry took back, if it is a purchaseReversal. */
  readonly reversal: LotReversal | null;
  /** What the entry gave back, if it is a reversalRelease. */
  readonly release: LotRelease | null;
  /** Credits that a refund or a reversal asked for and could not take; `verify` warns of them. */
  readonly shortfallCredits: Micros;
}
