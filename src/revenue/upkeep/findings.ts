import type { MoneyTotals } from '../../domain/index.js';

/** A place where what is stored is not what the ledger gives. */
export interface Difference {
  readonly table: string;
  /** What names the row: `user_id=ann, pool=free, id=a1`. */
  readonly key: string;
  /** Null: the whole row is missing, or should not be there. */
  readonly column: string | null;
  /** Null: no such row, or no value. */
  readonly stored: string | null;
  readonly expected: string | null;
}

/** What a verification found. */
export interface Verification {
  readonly users: number;
  readonly entries: number;
  readonly deployments: number;
  /** The first 1,000. */
  readonly differences: readonly Difference[];
  readonly differenceCount: number;
  /** Invariants of docs/rules.md that do not hold, a sentence each; the first 1,000. */
  readonly violations: readonly string[];
  readonly violationCount: number;
  /** Refunds of which a late entry has left less than they state, a sentence each; the first 1,000. No failure. */
  readonly warnings: readonly string[];
  readonly warningCount: number;
  /** All money, by where it is. */
  readonly money: MoneyTotals;
}

/** Whether everything stored is what the ledger gives, and every invariant holds. */
export function isClean({ differenceCount, violationCount }: Verification): boolean {
  return differenceCount + violationCount === 0;
}

/** How many of a kind are kept: a person reads the first few, and memory stays flat where everything is wrong. */
const KEPT_MAX = 1_000;

/** Keeps the first of many findings, and counts all. */
export class Findings<Finding> {
  readonly kept: Finding[] = [];
  count = 0;

  add(finding: Finding): void {
    this.count += 1;
    if (this.kept.length < KEPT_MAX) this.kept.push(finding);
  }
}
