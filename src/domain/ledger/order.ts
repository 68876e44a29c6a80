import type { Instant } from '../instant.js';
import { comparePlatformIds } from '../platform-id.js';
import type { EntryType } from './entry.js';

/** A place in the one total order of a ledger: an entry's, or that of an `expiry` that comes of itself. */
export interface LedgerPosition {
  readonly occurredAt: Instant;
  readonly type: EntryType | 'expiry';
  readonly id: string;
}

/** At one instant credits lapse first, then come in, then are used, then are given back (docs/rules.md, "Order"). */
const RANK: Readonly<Record<LedgerPosition['type'], number>> = {
  expiry: 0,
  award: 1,
  purchase: 2,
  deployment: 3,
  spend: 4,
  refund: 5,
  purchaseRefund: 6,
};

/**
 * The one comparator of the ledger: occurredAt, then the type's rank, then the id bytewise. The order of arrival and
 * the ledger's sequence number order nothing.
 *
 * @returns below 0, 0 or above 0, as for Array.prototype.sort
 */
export function compareEntries(left: LedgerPosition, right: LedgerPosition): number {
  if (left.occurredAt !== right.occurredAt) return left.occurredAt < right.occurredAt ? -1 : 1;
  return RANK[left.type] - RANK[right.type] || comparePlatformIds(left.id, right.id);
}
