import type { Micros } from '../decimal.js';
import type { Instant } from '../instant.js';

/** Which credits may pay: `free` ones were awarded, `purchased` ones bought; `any` takes free before purchased. */
export type Pool = 'any' | 'free' | 'purchased';

/** What a spend that is no module deployment was for. */
export type SpendCategory = 'project' | 'build' | 'adjustment';

interface EntryFacts {
  /** Unique within the entry's type: a deployment's `id`, any other's `externalId`. */
  readonly id: string;
  /** When it happened in the world: the first key of the order. */
  readonly occurredAt: Instant;
}

/** Free credits were granted; opens a free lot. */
export interface Award extends EntryFacts {
  readonly type: 'award';
  /** Above 0. */
  readonly credits: Micros;
  /** After occurredAt; null: never. What is left then lapses. */
  readonly expiresAt: Instant | null;
}

/** Credits were bought; opens a purchased lot that also holds the money paid for it. */
export interface Purchase extends EntryFacts {
  readonly type: 'purchase';
  /** Above 0. */
  readonly credits: Micros;
  /** Paid, in the platform's currency; 0 or more. */
  readonly amount: Micros;
  /** After occurredAt; null: never. */
  readonly expiresAt: Instant | null;
}

/** A module was deployed. */
export interface Deployment extends EntryFacts {
  readonly type: 'deployment';
  /** The credit cost as frozen when the entry was recorded; 0 or more. */
  readonly credits: Micros;
  readonly pool: Pool;
  readonly moduleId: string;
}

/** Credits went to something that is no module deployment. */
export interface Spend extends EntryFacts {
  readonly type: 'spend';
  /** Above 0. */
  readonly credits: Micros;
  readonly pool: Pool;
  readonly category: SpendCategory;
}

/** A deployment was given back, in whole or in part. */
export interface Refund extends EntryFacts {
  readonly type: 'refund';
  readonly deploymentId: string;
  /** Above 0; null: all that is left to refund at its place in the order. */
  readonly credits: Micros | null;
}

/** Bought credits were given back for money. */
export interface PurchaseRefund extends EntryFacts {
  readonly type: 'purchaseRefund';
  readonly purchaseId: string;
  /** Above 0; null: all that remain in the lot at its place in the order. */
  readonly credits: Micros | null;
}

/** One fact of a user's credit history, complete: what it takes from elsewhere was frozen when it was recorded. */
export type Entry = Award | Purchase | Deployment | Spend | Refund | PurchaseRefund;
export type EntryType = Entry['type'];

/** Entries that take credits. */
export type SpendingEntry = Deployment | Spend;
/** Entries that give back what another entry took or bought; recorded only after they were judged. */
export type RefundingEntry = Refund | PurchaseRefund;

/** Whether the entry gives back what another one took or bought. */
export function isRefunding(entry: Entry): entry is RefundingEntry {
  return entry.type === 'refund' || entry.type === 'purchaseRefund';
}
