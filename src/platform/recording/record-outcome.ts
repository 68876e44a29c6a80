import type { ProblemKind } from '../problem/index.js';

/** Result of one record that was sent; recording is idempotent (docs/contract.md). */
export type RecordOutcome =
  | { readonly outcome: 'added' | 'known' | 'changed' }
  | {
      readonly outcome: 'refused';
      /** The error of the route's answer; an import lists its code. */
      readonly kind: ProblemKind;
      /** The reason and what to do about it. */
      readonly reason: string;
    };

/** Refuses one record; the other records of its batch are processed. */
export function refused(kind: ProblemKind, reason: string): RecordOutcome {
  return { outcome: 'refused', kind, reason };
}

/**
 * Selects the record of a batch for each id: the first of several records with the same id (docs/contract.md, imports).
 *
 * @param isCandidate whether the record at this index can be selected; a refused record cannot
 * @returns index of the selected record by id, in the order of the batch
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
