import type { PurchaseReversal, ReversalRelease } from '../../src/domain/index.js';
import { partOf } from './exact-fraction.js';
import { total, type Journal, type JournalLine, type Opening, type Sum } from './slow-journal.js';

/** The journal to write to, and the lots that are open by then. */
export interface Movements {
  readonly journal: Journal;
  readonly openings: readonly Opening[];
}

/**
 * "A reversal takes q credits of the lot, in this order: what the lot has left; what has lapsed from it; what it paid,
 * its newest taking first."
 *
 * @returns the shortfall
 */
export function takeBack({ journal, openings }: Movements, entry: PurchaseReversal): bigint {
  const lot = openings.find(({ type, id }) => type === 'purchase' && id === entry.purchaseId);
  if (lot === undefined) return entry.credits ?? 0n;
  const held: { what: JournalLine['what']; sum: Sum; taking: JournalLine | null }[] = [
    { what: 'reversedLeft', sum: journal.left(lot, journal.lines.length), taking: null },
    { what: 'reversedLapsed', sum: journal.lapsed(lot), taking: null },
    ...journal
      .takingsOf(lot)
      .reverse()
      .map((taking) => ({ what: 'reversedPaid' as const, sum: journal.stillPays(taking), taking })),
  ];
  let toTake = entry.credits ?? total(held.map(({ sum }) => sum)).credits;
  for (const { what, sum, taking } of held) {
    const credits = sum.credits < toTake ? sum.credits : toTake;
    if (credits === 0n) continue;
    const value = partOf(sum.value, credits, sum.credits);
    const { spend = null, allocation = -1 } = taking ?? {};
    journal.write({ because: entry, what, lot, spend, allocation, at: entry.occurredAt, credits, value });
    toTake -= credits;
  }
  return toTake;
}

/**
 * "What was taken from a spend goes back to that spend first, in the order in which it was paid, as far as the spend is
 * still unpaid. The rest returns to the lot as left, or lapses at once where the lot has expired."
 */
export function giveBack({ journal }: Movements, entry: ReversalRelease): void {
  const taken = journal.lines.filter(
    ({ because }) => because?.type === 'purchaseReversal' && because.id === entry.reversalId,
  );
  const released = journal.lines.some(
    ({ because }) => because?.type === 'reversalRelease' && because.reversalId === entry.reversalId,
  );
  const ofLot = taken.filter(({ what }) => what.startsWith('reversed'));
  const lot = ofLot[0]?.lot ?? null;
  if (lot === null || released) return;
  const line = { because: entry, lot, at: entry.occurredAt };
  const takings = journal.takingsOf(lot);
  const placeOf = (back: JournalLine): number =>
    takings.findIndex(({ spend, allocation }) => spend === back.spend && allocation === back.allocation);
  let rest = total(ofLot);
  for (const back of [...ofLot].sort((left, right) => placeOf(left) - placeOf(right))) {
    if (back.spend === null) continue;
    const unpaid = journal.unpaid(back.spend);
    const credits = back.credits < unpaid ? back.credits : unpaid;
    if (credits === 0n) continue;
    const value = partOf(back.value, credits, back.credits);
    const allocation = journal.takings(back.spend).length;
    journal.write({ ...line, what: 'released', credits, value });
    journal.write({ ...line, what: 'paidAgain', spend: back.spend, allocation, credits, value });
    rest = { credits: rest.credits - credits, value: rest.value - value };
  }
  if (rest.credits === 0n) return;
  journal.write({ ...line, what: 'released', ...rest });
  if (lot.expiresAt !== null && lot.expiresAt <= entry.occurredAt) {
    journal.write({ ...line, what: 'lapsedOnReturn', ...rest });
  }
}
