import type { EntityManager } from 'typeorm';
import { monthAfter } from '../../domain/index.js';
import { closingDigest } from '../closing/closing-digest.js';
import type { StoredClosing } from '../closing/closing.js';

interface Run {
  readonly run: number;
  readonly month: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly timeZone: string;
  readonly sequence: string;
}

/**
 * Checks the chain of closings: months and instants follow each other, each run is noted, and every digest is the one of
 * its statements' digests.
 *
 * @param head the digest of the last closing, kept outside of the database
 */
export async function* chainViolations(
  closings: readonly StoredClosing[],
  head: string | undefined,
  manager: EntityManager,
): AsyncGenerator<string> {
  const runs = await readRuns(manager);
  let before: StoredClosing | null = null;
  for (const closing of closings) {
    yield* followViolations(before, closing);
    yield* runViolations(before, closing, runs.get(closing.run));
    const statements = await manager.query<{ id: string; digest: string }[]>(
      'SELECT id, digest FROM statements WHERE month = $1',
      [closing.month],
    );
    if (statements.length !== closing.statements) {
      yield `closing of ${closing.month}: there are ${statements.length} statements, not ${closing.statements}`;
    }
    if (closingDigest(closing, statements) !== closing.digest) {
      yield `closing of ${closing.month}: its digest is not the one of its statements`;
    }
    before = closing;
  }
  if (head !== undefined && before?.digest !== head) {
    yield `the last closing has the digest ${before?.digest ?? 'of none'}, not ${head}`;
  }
}

function* followViolations(before: StoredClosing | null, closing: StoredClosing): Generator<string> {
  const name = `closing of ${closing.month}`;
  if (closing.previousDigest !== (before?.digest ?? null)) yield `${name}: it does not follow the one before`;
  if (before === null) return;
  if (closing.month !== monthAfter(before.month)) yield `${name}: ${monthAfter(before.month)} is missing`;
  if (closing.from !== before.to) yield `${name}: it begins at ${closing.from}, not at ${before.to}`;
  if (closing.timeZone !== before.timeZone) yield `${name}: its time zone is not ${before.timeZone}`;
}

function* runViolations(
  before: StoredClosing | null,
  closing: StoredClosing,
  run: Run | undefined,
): Generator<string> {
  const isNoted =
    run !== undefined &&
    run.month === closing.month &&
    run.endsAt === closing.endsAt &&
    run.timeZone === closing.timeZone;
  if (!isNoted) yield `closing of ${closing.month}: its run ${closing.run} is not noted with its month`;
  if (before === null) return;
  if (closing.run <= before.run || BigInt(closing.sequence) < BigInt(before.sequence)) {
    yield `closing of ${closing.month}: its run is not later than that of ${before.month}`;
  }
}

async function readRuns(manager: EntityManager): Promise<Map<number, Run>> {
  const rows = await manager.query<Run[]>(
    `SELECT run, month, starts_at AS "startsAt", ends_at AS "endsAt", time_zone AS "timeZone", sequence FROM closing_runs`,
  );
  return new Map(rows.map((row) => [row.run, row]));
}

/** Closings without a run are not read with the others. */
export const CLOSINGS_WITHOUT_RUN = `
  SELECT format('closing of %s: its run %s is not noted', month, run) AS violation
    FROM closings WHERE NOT EXISTS (SELECT FROM closing_runs AS noted WHERE noted.run = closings.run)`;
