import { rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  foldEntries,
  grossChanges,
  type Entry,
  type Instant,
  type RecordedEntry,
} from '../../src/domain/index.js';
import { BenchDatabase } from '../bench-database.js';
import { seededRandom } from '../dataset/random.js';
import type { Figures } from '../goals.js';
import { bareCopyIn, dumpRows } from '../opponents/bare-copy-in.js';
import { runCli } from '../service-process.js';
import { median, rounded, timed_ms } from '../statistics.js';
import { say } from '../terminal.js';
import type { Bench } from './bench.js';
import { ClonedTable } from './cloned-table.js';
import { peakOfTree_mb } from './memory.js';

const MONTH = '2025-01';
const PARTNERS = 500;
/** Revenue lines of the month; fewer where the data set is smaller. */
const LINES_MAX = 1_000_000;

const LATE = { users: 2_000, entriesPerUser: 100, latePerUser: 5, rounds: 3 };

/** close.*: closing a month beside COPY of its lines, and the causes of late entries beside the folds of prefixes. */
export async function measureClose(bench: Bench): Promise<Figures> {
  const lines = Math.min(LINES_MAX, bench.shape.deployments);
  const folder = join(bench.folder, 'closing');
  const database = await BenchDatabase.open(folder);
  try {
    say(`close: ${lines} lines of ${PARTNERS} partners`);
    await fill(database, lines);
    const ours = await closed(folder);
    const again = await closed(folder);
    const copy_ms = await copyLinesIn(database, folder);
    const ours_s = ours.seconds - again.seconds;
    return {
      'close.vs_copy': {
        value: rounded((ours_s * 1000) / copy_ms),
        raw: {
          lines,
          ours_s: rounded(ours_s),
          copy_s: rounded(copy_ms / 1000),
          start_s: rounded(again.seconds),
        },
      },
      'close.rss_mb': {
        value: rounded(ours.peak_mb - again.peak_mb),
        raw: { idle_mb: rounded(again.peak_mb) },
      },
      'close.late_vs_prefix': lateAgainstPrefixes(),
    };
  } finally {
    await database.close({ remove: true });
  }
}

/** Rows of the report without a ledger: a closing of a first month reads nothing else. */
async function fill({ owner }: BenchDatabase, lines: number): Promise<void> {
  await owner.query(
    `INSERT INTO users (id, roles) SELECT 'partner_' || n, '{partner}' FROM generate_series(1, ${PARTNERS}) AS n;
     INSERT INTO users (id, roles) VALUES ('customer', '{user}');
     INSERT INTO modules (id, name, partner_id, credit_cost)
       SELECT 'module_' || n, 'Module ' || n, 'partner_' || n, 5 FROM generate_series(1, ${PARTNERS}) AS n;
     INSERT INTO deployment_revenue (user_id, deployment_id, module_id, partner_id, deployed_at, credit_cost, free_credits,
                                     purchased_credits, unpaid_credits, refunded_credits, gross_revenue, shared_gross)
       SELECT 'customer', 'deployment_' || n, 'module_' || owner, 'partner_' || owner,
              '${MONTH}-01Z'::timestamptz + n * (interval '31 days' / ${lines + 1}), 5, 1.5, 3.5, 0, 0, gross, gross
         FROM (SELECT n, 1 + (n * 7919::bigint) % ${PARTNERS} AS owner, 0.35 + (n % 1000) * 0.000123 AS gross
                 FROM generate_series(1, ${lines}) AS n) AS made`,
  );
  await owner.query('VACUUM (ANALYZE) deployment_revenue');
}

async function closed(folder: string): Promise<{ readonly seconds: number; readonly peak_mb: number }> {
  let peak_mb = 0;
  const { seconds } = await runCli(folder, ['close', MONTH], async (pid) => {
    peak_mb = await peakOfTree_mb(pid);
  });
  return { seconds, peak_mb };
}

/** Into the same empty table with its indexes. */
async function copyLinesIn({ owner }: BenchDatabase, folder: string): Promise<number> {
  const file = join(folder, 'lines.copy');
  const columns = await dumpRows(owner, 'statement_lines', file);
  const clone = await ClonedTable.create(owner, 'statement_lines');
  await clone.addIndexes();
  const took_ms = await timed_ms(() => bareCopyIn(owner, clone.name, columns, file));
  await clone.drop();
  rmSync(file);
  return took_ms;
}

/** The late entries of a user are spread evenly over the history; each adds free credits, so all of them are causes. */
function lateAgainstPrefixes(): { readonly value: number; readonly raw: unknown } {
  const histories = Array.from({ length: LATE.users }, (_, user) => historyOf(user));
  const ids = histories.map((history) =>
    history.flatMap(({ entry, sequence }) =>
      entry.type === 'deployment' && sequence <= CLOSING ? [entry.id] : [],
    ),
  );
  const rounds = Array.from({ length: LATE.rounds }, () => {
    const ours_ms = spent_ms(() =>
      histories.forEach((history, user) => grossChanges(history, CLOSING, ids[user] ?? [])),
    );
    const prefixes_ms = spent_ms(() => histories.forEach(foldPrefixes));
    return { ours_ms, prefixes_ms };
  });
  const ours_ms = median(rounds.map((round) => round.ours_ms));
  const prefixes_ms = median(rounds.map((round) => round.prefixes_ms));
  return {
    value: rounded(ours_ms / prefixes_ms),
    raw: { ours_ms: rounded(ours_ms), prefixes_ms: rounded(prefixes_ms) },
  };
}

const CLOSING = BigInt(LATE.entriesPerUser);

function historyOf(user: number): RecordedEntry[] {
  const day = (n: number): Instant => 1_735_689_600_000_000n + BigInt(n) * 86_400_000_000n;
  const entries: Entry[] = Array.from({ length: LATE.entriesPerUser }, (_, index) => {
    const occurredAt = day(index);
    if (index % 4 === 0) {
      const credits = 20_000_000n;
      return { type: 'purchase', id: `p${index}`, credits, amount: 5_000_000n, expiresAt: null, occurredAt };
    }
    return {
      type: 'deployment',
      id: `d${index}`,
      credits: 4_000_000n,
      pool: 'any',
      moduleId: 'm',
      occurredAt,
    };
  });
  const random = seededRandom(user + 1);
  const late = Array.from({ length: LATE.latePerUser }, (_, index): Entry => {
    const place = Math.floor(((index + random()) / LATE.latePerUser) * LATE.entriesPerUser);
    return {
      type: 'award',
      id: `late${index}`,
      credits: 1_000_000n,
      expiresAt: null,
      occurredAt: day(place) + 1n,
    };
  });
  return [...entries, ...late].map((entry, index) => ({ sequence: BigInt(index + 1), entry }));
}

/** The folds that the rule names: up to the closing, and up to each later entry. */
function foldPrefixes(history: readonly RecordedEntry[]): void {
  const entries = history.map(({ entry }) => entry);
  for (let count = LATE.entriesPerUser; count <= entries.length; count += 1)
    foldEntries(entries.slice(0, count));
}

function spent_ms(work: () => void): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}
