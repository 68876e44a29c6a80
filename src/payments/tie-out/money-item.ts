import type { Instant, Micros } from '../../domain/index.js';

/** A payment or its return as the ledger has it. */
export interface LedgerMoney {
  readonly type: 'purchase' | 'purchaseRefund' | 'purchaseReversal' | 'reversalRelease';
  readonly id: string;
  /** The purchase that it is or undoes. */
  readonly purchaseId: string;
  readonly occurredAt: Instant;
  readonly currency: string;
  /** Money that came in; negative for money that went out. */
  readonly amount: Micros;
  /** Null if it is not recorded. */
  readonly fee: Micros | null;
}

/** A line of the payment provider's file. */
export interface ProviderMoney {
  readonly line: number;
  readonly id: string;
  readonly currency: string;
  /** Money that came in; negative for money that went out. */
  readonly amount: Micros;
  /** Null if the file does not tell it. */
  readonly fee: Micros | null;
}

/** A line and an entry that belong together, but do not agree. */
export interface Disagreement {
  readonly there: ProviderMoney;
  readonly here: LedgerMoney;
}

/** All lines of a file and all entries of its month, sorted. */
export interface TieOutResult {
  readonly matched: number;
  readonly differing: readonly Disagreement[];
  /** With the entry of another month, if there is one. */
  readonly onlyThere: readonly { readonly there: ProviderMoney; readonly otherMonth: LedgerMoney | null }[];
  readonly onlyHere: readonly LedgerMoney[];
}
