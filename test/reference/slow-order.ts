import type { Entry } from '../../src/domain/index.js';

/** An element of the order: an entry, or the expiry of a lot. */
export interface Placed {
  readonly occurredAt: bigint;
  readonly type: Entry['type'] | 'expiry';
  readonly id: string;
}

/** The section "Order" of docs/rules.md, literally. */
const AT_ONE_INSTANT = [
  'expiry',
  'award',
  'purchase',
  'deployment',
  'spend',
  'refund',
  'purchaseRefund',
  'purchaseReversal',
  'reversalRelease',
];

/** The order of docs/rules.md: the instant, the type's rank, the id's bytes in UTF-8. */
export function slowCompare(left: Placed, right: Placed): number {
  if (left.occurredAt < right.occurredAt) return -1;
  if (left.occurredAt > right.occurredAt) return 1;
  const turns = AT_ONE_INSTANT.indexOf(left.type) - AT_ONE_INSTANT.indexOf(right.type);
  if (turns !== 0) return turns;
  return Buffer.compare(Buffer.from(left.id, 'utf8'), Buffer.from(right.id, 'utf8'));
}
