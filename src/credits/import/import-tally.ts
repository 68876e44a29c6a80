import type { ProblemKind } from '../../platform/problem/index.js';
import type { RecordOutcome } from '../../platform/recording/index.js';
import { LINE_TYPES, type LineType } from './import-line.js';

/** How many refused lines a report names. */
export const REFUSALS_NAMED_MAX = 1_000;

/** What became of the lines of one type. */
export interface TypeTally {
  added: number;
  /** Said what was there already. */
  known: number;
  /** User and module lines that changed what was there, with `update`. */
  changed: number;
  refused: number;
}

/** A refused line, for the person who mends the file. */
export interface RefusedLine {
  readonly line: number;
  readonly type: string | null;
  readonly id: string | null;
  readonly code: string;
  readonly reason: string;
}

/** What an import did, line by line and in sum. */
export interface ImportReport extends TypeTally {
  /** Lines read, blank ones left out. */
  readonly lines: number;
  readonly types: Readonly<Record<LineType, TypeTally>>;
  /** Lines whose type could not be read; they are refused. */
  readonly unreadable: number;
  /** The refused lines with the lowest numbers, at most 1,000, in order. */
  readonly refusals: readonly RefusedLine[];
}

/** Counts outcomes and keeps the first refusals, in memory that does not grow with the file. */
export class ImportTally {
  private readonly types = Object.fromEntries(
    LINE_TYPES.map((type) => [type, { added: 0, known: 0, changed: 0, refused: 0 }]),
  ) as Record<LineType, TypeTally>;
  private unreadable = 0;
  private refusals: RefusedLine[] = [];

  /** Counts what became of a line. */
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

  /** Another tally's outcomes become this one's: of a chunk, once it is committed. */
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

  /** How many lines were refused so far. */
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
