import type { Instant } from '../instant.js';
import { comparePlatformIds } from '../platform-id.js';
import type { EntryType } from './entry.js';

/** Position of an entry or of a lot's expiry in the one total order of a ledger. */
export interface LedgerPosition {
  readonly occurredAt: Instant;
  readonly type: EntryType | 'expiry';
  readonly id: string;
}

/** At one instant credits lapse first, then they are added, used, refunded and reversed (docs/rules.md, "Order"). */
const RANK: Readonly<Record<LedgerPosition['type'], number>> = {
  expiry: 0,
  award: 1,
  purchase: 2,
  deployment: 3,
  spend: 4,
  refund: 5,
  purchaseRefund: 6,
  purchaseReversal: 7,
  reversalRelease: 8,
};

/**
 * The only comparator of the ledger: occurredAt, then the type's rank, then the id bytewise. The order of arrival and
 * the ledger's sequence number do not matter.
 *
 * @returns below 0, 0 or above 0, as for Array.prototype.sort
 */
export function compareEntries(left: LedgerPosition, right: LedgerPosition): number {
  if (left.occurredAt !== right.occurredAt) return left.occurredAt < right.occurredAt ? -1 : 1;
  return RANK[left.type] - RANK[right.type] || comparePlatformIds(left.id, right.id);
}
