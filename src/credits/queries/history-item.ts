import type { Account, Balance, Instant, Lapse, LotPool, Place, Posting } from '../../domain/index.js';
import { compareEntries, letLapse } from '../../domain/index.js';
import type { Order } from '../../platform/paging/index.js';

/** One line of a history: an entry with what it did, or the expiry of a lot. */
export type Happening =
  | { readonly kind: 'entry'; readonly place: Place; readonly after: Balance; readonly posting: Posting }
  | { readonly kind: 'expiry'; readonly place: Place; readonly after: Balance; readonly lapse: Lapse };

/**
 * All that happened to a user's credits up to an instant, in the ledger's order.
 *
 * @param history folded from its first entry
 * @param until what expires after the last entry and up to it is the end of the history
 */
export function happeningsOf(
  { account, postings }: { readonly account: Account; readonly postings: readonly Posting[] },
  until: Instant,
): Happening[] {
  return [
    ...postings.flatMap((posting) => [...posting.lapses.map(expiry), entry(posting)]),
    ...letLapse(account, until).lapses.map(expiry),
  ];
}

/** Which pool's lot expired; empty for an entry, whose place is its own. */
export function lapsedPool(happening: Happening): LotPool | '' {
  return happening.kind === 'expiry' ? happening.lapse.lot.pool : '';
}

/**
 * Whether a happening stands after a place when a history is read in an order. Expiries of an award and of a purchase
 * with one id at one instant share their place; the award's comes first, as `free` does before `purchased`.
 */
export function standsAfter(
  happening: Happening,
  { place, pool }: { readonly place: Place; readonly pool: LotPool | '' },
  order: Order,
): boolean {
  const byPlace = compareEntries(happening.place, place);
  const byPool = Number(lapsedPool(happening) > pool) - Number(lapsedPool(happening) < pool);
  const ahead = byPlace === 0 ? byPool : byPlace;
  return order === 'asc' ? ahead > 0 : ahead < 0;
}

function entry(posting: Posting): Happening {
  const { type, id, occurredAt } = posting.entry;
  return { kind: 'entry', place: { occurredAt, type, id }, after: posting.after, posting };
}

function expiry(lapse: Lapse): Happening {
  const place = { occurredAt: lapse.at, type: 'expiry', id: lapse.lot.id } as const;
  return { kind: 'expiry', place, after: lapse.after, lapse };
}
