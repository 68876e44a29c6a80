import type { ProblemKind } from '../problem/index.js';

/** What became of one record that was sent: writing is idempotent by nature (docs/contract.md). */
export type RecordOutcome =
  | { readonly outcome: 'added' | 'known' | 'changed' }
  | {
      readonly outcome: 'refused';
      /** The error that a route answers with; an import lists its code. */
      readonly kind: ProblemKind;
      /** Why, and what to do about it. */
      readonly reason: string;
    };

/** A record that is refused, on its own: the others of its batch go on. */
export function refused(kind: ProblemKind, reason: string): RecordOutcome {
  return { outcome: 'refused', kind, reason };
}

/**
 * Which record of a batch stands for each id: the first of several with one id wins (docs/contract.md, imports).
 *
 * @param isCandidate whether the record at this index may win; one that is refused anyway may not
 * @returns the index of the winner by id, in the order of the batch
 */
export function winnersOf(
  records: readonly { readonly id: string }[],
  isCandidate: (index: number) => boolean,
): Map<string, number> {
  const winners = new Map<string, number>();
  for (const [index, { id }] of records.entries()) {
    if (isCandidate(index) && !winners.has(id)) winners.set(id, index);
  }
  return winners;
}
