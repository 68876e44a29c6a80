import type {
  Account,
  Balance,
  Instant,
  Lapse,
  LotPool,
  LedgerPosition,
  Posting,
} from '../../domain/index.js';
import { compareEntries, letLapse } from '../../domain/index.js';
import type { Order } from '../../platform/paging/index.js';

/** The types of items in a history. */
export const HISTORY_ITEM_TYPES = [
  'award',
  'purchase',
  'deployment',
  'spend',
  'refund',
  'purchaseRefund',
  'purchaseReversal',
  'reversalRelease',
  'expiry',
] as const satisfies readonly LedgerPosition['type'][];

/** One item of a history: an entry with its posting, or the expiry of a lot. */
export type HistoryItem =
  | {
      readonly kind: 'entry';
      readonly position: LedgerPosition;
      readonly after: Balance;
      readonly posting: Posting;
    }
  | {
      readonly kind: 'expiry';
      readonly position: LedgerPosition;
      readonly after: Balance;
      readonly lapse: Lapse;
    };

/**
 * Returns all entries and expiries of a user up to an instant, in the ledger's order.
 *
 * @param history folded from its first entry
 * @param until the history ends with the expiries after the last entry, up to this instant
 */
export function historyItems(
  { account, postings }: { readonly account: Account; readonly postings: readonly Posting[] },
  until: Instant,
): HistoryItem[] {
  return [
    ...postings.flatMap((posting) => [...posting.lapses.map(expiry), entry(posting)]),
    ...letLapse(account, until).lapses.map(expiry),
  ];
}

/** The pool of the lot that expired; empty for an entry. */
export function lapsedPool(item: HistoryItem): LotPool | '' {
  return item.kind === 'expiry' ? item.lapse.lot.pool : '';
}

/**
 * Whether an item comes after a position in the given order. If an award and a purchase have the same id and their lots
 * expire at one instant, both expiries have the same position; the award's comes first, like `free` before `purchased`.
 */
export function comesAfter(
  item: HistoryItem,
  { position, pool }: { readonly position: LedgerPosition; readonly pool: LotPool | '' },
  order: Order,
): boolean {
  const byPosition = compareEntries(item.position, position);
  const byPool = Number(lapsedPool(item) > pool) - Number(lapsedPool(item) < pool);
  const ahead = byPosition === 0 ? byPool : byPosition;
  return order === 'asc' ? ahead > 0 : ahead < 0;
}

function entry(posting: Posting): HistoryItem {
  const { type, id, occurredAt } = posting.entry;
  return { kind: 'entry', position: { occurredAt, type, id }, after: posting.after, posting };
}

function expiry(lapse: Lapse): HistoryItem {
  const position = { occurredAt: lapse.at, type: 'expiry', id: lapse.lot.id } as const;
  return { kind: 'expiry', position, after: lapse.after, lapse };
}
