import type { EntryType } from '../../domain/index.js';

/** Why the gross of a deployment changed: a part by an entry, or a correction. */
export interface Cause {
  readonly type: EntryType | 'correction';
  readonly part: string;
  /** For partners: the local month of the entry; null for a correction. */
  readonly month?: string | null;
  /** For finance; all null for a correction. */
  readonly entryId?: string | null;
  readonly occurredAt?: string | null;
  readonly recordedAt?: string | null;
}

interface LineFacts {
  readonly deploymentId: string;
  readonly moduleId: string;
  /** At the closing. */
  readonly moduleName: string;
  readonly createdAt: string;
  readonly partnerRevenueShare: string;
}

/** A deployment of the statement's month. */
export interface RevenueLine extends LineFacts {
  readonly kind: 'revenue';
  readonly creditCost: string;
  readonly freeCredits: string;
  readonly purchasedCredits: string;
  readonly unpaidCredits: string;
  readonly refundedCredits: string;
  readonly grossRevenue: string;
  readonly revenue: string;
}

/** A deployment of an earlier closed month that has another gross than was stated. */
export interface AdjustmentLine extends LineFacts {
  readonly kind: 'adjustment';
  readonly statedGross: string;
  readonly grossNow: string;
  readonly difference: string;
  readonly revenueDifference: string;
  /** The partner's statement of that month; null if the partner has none. */
  readonly corrects: string | null;
  readonly causes: Cause[];
}

export type StatementLine = RevenueLine | AdjustmentLine;
