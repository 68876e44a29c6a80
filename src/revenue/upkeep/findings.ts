import type { MoneyTotals } from '../../domain/index.js';

/** A difference between a stored row and the row that the ledger gives. */
export interface Difference {
  readonly table: string;
  /** Names the row: `user_id=ann, pool=free, id=a1`. */
  readonly key: string;
  /** Null: the whole row is missing, or should not exist. */
  readonly column: string | null;
  /** Null: no such row, or no value. */
  readonly stored: string | null;
  readonly expected: string | null;
}

/** The result of a verification. */
export interface Verification {
  readonly users: number;
  readonly entries: number;
  readonly deployments: number;
  /** The first 1,000. */
  readonly differences: readonly Difference[];
  readonly differenceCount: number;
  /** Violated invariants of docs/rules.md, a sentence each; the first 1,000. */
  readonly violations: readonly string[];
  readonly violationCount: number;
  /** Refunds and reversals with a shortfall, a sentence each; the first 1,000. They are not failures. */
  readonly warnings: readonly string[];
  readonly warningCount: number;
  /** All money, by where it went. */
  readonly money: MoneyTotals;
}

/** Whether all stored rows are equal to those of the ledger, and every invariant is met. */
export function isClean({ differenceCount, violationCount }: Verification): boolean {
  return differenceCount + violationCount === 0;
}

/**
 * Most findings of a kind that are kept: a person reads only the first few, and memory stays constant if everything is
 * wrong.
 */
const KEPT_MAX = 1_000;

/** Keeps the first findings, and counts all. */
export class Findings<Finding> {
  readonly kept: Finding[] = [];
  count = 0;

  add(finding: Finding): void {
    this.count += 1;
    if (this.kept.length < KEPT_MAX) this.kept.push(finding);
  }
}
