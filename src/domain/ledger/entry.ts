import type { Micros } from '../decimal.js';
import type { Instant } from '../instant.js';

/** The credits that can pay: `free` ones were awarded, `purchased` ones bought; `any` takes free before purchased. */
export type Pool = 'any' | 'free' | 'purchased';

/** The purpose of a spend that is not a module deployment. */
export type SpendCategory = 'project' | 'build' | 'adjustment';

interface EntryFacts {
  /** Unique within the entry's type: the `id` of a deployment, the `externalId` of any other entry. */
  readonly id: string;
  /** When it happened in the world; the first key of the ledger's order. */
  readonly occurredAt: Instant;
}

/** Free credits were granted; opens a free lot. */
export interface Award extends EntryFacts {
  readonly type: 'award';
  /** Above 0. */
  readonly credits: Micros;
  /** After occurredAt. Credits that are left then lapse; null if they never do. */
  readonly expiresAt: Instant | null;
}

/** Credits were bought; opens a purchased lot that also contains the money paid for it. */
export interface Purchase extends EntryFacts {
  readonly type: 'purchase';
  /** Above 0. */
  readonly credits: Micros;
  /** The money paid, in the platform's currency; 0 or more. */
  readonly amount: Micros;
  /** After occurredAt; null if the credits never lapse. */
  readonly expiresAt: Instant | null;
  /** Absent if nothing was told. */
  readonly payment?: PaymentFacts;
}

/** What a payment provider tells of a purchase beside its amount; no figure depends on it. */
export interface PaymentFacts {
  /** What the provider keeps, in the platform's currency. */
  readonly fee: Micros | null;
  /** Tax that the customer paid beside the amount, in the platform's currency. */
  readonly tax: Micros | null;
  /** What the customer paid, in the currency of the payment. */
  readonly originalAmount: Micros | null;
  /** ISO 4217; present exactly with `originalAmount`. */
  readonly originalCurrency: string | null;
}

/** A module was deployed. */
export interface Deployment extends EntryFacts {
  readonly type: 'deployment';
  /** The credit cost that was frozen when the entry was recorded; 0 or more. */
  readonly credits: Micros;
  readonly pool: Pool;
  readonly moduleId: string;
}

/** Credits were used for something other than a module deployment. */
export interface Spend extends EntryFacts {
  readonly type: 'spend';
  /** Above 0. */
  readonly credits: Micros;
  readonly pool: Pool;
  readonly category: SpendCategory;
}

/** A deployment was refunded, in whole or in part. */
export interface Refund extends EntryFacts {
  readonly type: 'refund';
  readonly deploymentId: string;
  /** Above 0; null for all that is left to refund at the entry's position. */
  readonly credits: Micros | null;
}

/** Purchased credits were refunded for money. */
export interface PurchaseRefund extends EntryFacts {
  readonly type: 'purchaseRefund';
  readonly purchaseId: string;
  /** Above 0; null for all that are left in the lot at the entry's position. */
  readonly credits: Micros | null;
}

/** Why the money of a purchase was taken back. */
export type ReversalCause = 'chargeback' | 'paymentFailed' | 'fraud' | 'other';

/** The money of a purchase, or a part of it, was taken back from outside, whether or not its credits are left. */
export interface PurchaseReversal extends EntryFacts {
  readonly type: 'purchaseReversal';
  readonly purchaseId: string;
  /** Above 0; null for all that is left to reverse at the entry's position. */
  readonly credits: Micros | null;
  readonly cause: ReversalCause | null;
}

/** A reversal was undone: the money came back. */
export interface ReversalRelease extends EntryFacts {
  readonly type: 'reversalRelease';
  readonly reversalId: string;
}

/** One fact of a user's credit history. Costs, pools and prices of other records were frozen when it was recorded. */
export type Entry =
  | Award
  | Purchase
  | Deployment
  | Spend
  | Refund
  | PurchaseRefund
  | PurchaseReversal
  | ReversalRelease;
export type EntryType = Entry['type'];

/** Entries that take credits. */
export type SpendingEntry = Deployment | Spend;
/** Entries that undo another entry, in whole or in part; they are judged before they are recorded. */
export type JudgedEntry = Refund | PurchaseRefund | PurchaseReversal | ReversalRelease;

/** Whether the entry undoes another one. */
export function isJudged(entry: Entry): entry is JudgedEntry {
  switch (entry.type) {
    case 'refund':
    case 'purchaseRefund':
    case 'purchaseReversal':
    case 'reversalRelease':
      return true;
    case 'award':
    case 'purchase':
    case 'deployment':
    case 'spend':
      return false;
  }
}
