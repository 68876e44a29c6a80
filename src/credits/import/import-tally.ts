import type { ProblemKind } from '../../platform/problem/index.js';
import type { RecordOutcome } from '../../platform/recording/index.js';
import { LINE_TYPES, type LineType } from './import-line.js';

/** Maximum number of refused lines in a report. */
export const REFUSALS_NAMED_MAX = 1_000;

/** Numbers of lines by outcome. */
export interface TypeTally {
  added: number;
  /** Lines whose content was already recorded. */
  known: number;
  /** User and module lines that changed existing records, with `update`. */
  changed: number;
  refused: number;
}

/** A refused line, with the reason. */
export interface RefusedLine {
  readonly line: number;
  readonly type: string | null;
  readonly id: string | null;
  readonly code: string;
  readonly reason: string;
}

/** The result of an import: numbers of lines, and the refused lines. */
export interface ImportReport extends TypeTally {
  /** Lines that were read, without blank ones. */
  readonly lines: number;
  readonly types: Readonly<Record<LineType, TypeTally>>;
  /** Refused lines whose type could not be read. */
  readonly unreadable: number;
  /** The refused lines with the lowest numbers, at most 1,000, in order. */
  readonly refusals: readonly RefusedLine[];
}

/** Counts outcomes and keeps the first refusals, in constant memory. */
export class ImportTally {
  private readonly types = Object.fromEntries(
    LINE_TYPES.map((type) => [type, { added: 0, known: 0, changed: 0, refused: 0 }]),
  ) as Record<LineType, TypeTally>;
  private unreadable = 0;
  private refusals: RefusedLine[] = [];

  /** Counts the outcome of a line. */
  add(
    number: number,
    { type, id }: { readonly type: LineType; readonly id: string },
    outcome: RecordOutcome,
  ): void {
    if (outcome.outcome === 'refused') this.refuse(number, type, id, outcome.kind, outcome.reason);
    else this.types[type][outcome.outcome] += 1;
  }

  refuse(
    line: number,
    type: LineType | null,
    id: string | null,
    kind: Pick<ProblemKind, 'code'>,
    reason: string,
  ): void {
    if (type === null) this.unreadable += 1;
    else this.types[type].refused += 1;
    this.refusals.push({ line, type, id, code: kind.code, reason });
    if (this.refusals.length > 2 * REFUSALS_NAMED_MAX) this.refusals = this.firstRefusals();
  }

  /** Adds the outcomes of another tally, for example those of a committed chunk. */
  merge(other: ImportTally): void {
    for (const type of LINE_TYPES) {
      for (const outcome of Object.keys(this.types[type]) as (keyof TypeTally)[]) {
        this.types[type][outcome] += other.types[type][outcome];
      }
    }
    this.unreadable += other.unreadable;
    this.refusals.push(...other.refusals);
    this.refusals = this.firstRefusals();
  }

  /** Number of lines that were refused so far. */
  get refused(): number {
    return this.report().refused;
  }

  report(): ImportReport {
    const sum = { added: 0, known: 0, changed: 0, refused: this.unreadable };
    for (const tally of Object.values(this.types)) {
      for (const outcome of Object.keys(sum) as (keyof TypeTally)[]) sum[outcome] += tally[outcome];
    }
    return {
      lines: sum.added + sum.known + sum.changed + sum.refused,
      ...sum,
      types: this.types,
      unreadable: this.unreadable,
      refusals: this.firstRefusals(),
    };
  }

  private firstRefusals(): RefusedLine[] {
    return this.refusals.toSorted((left, right) => left.line - right.line).slice(0, REFUSALS_NAMED_MAX);
  }
}
