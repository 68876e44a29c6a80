import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import { PROJECTION_TABLES } from '../../src/credits/index.js';
import { BenchDatabase } from '../bench-database.js';
import type { Figures } from '../goals.js';
import { bareCopyIn, dumpRows } from '../opponents/bare-copy-in.js';
import { bareCopyOut } from '../opponents/bare-copy-out.js';
import { runCli } from '../service-process.js';
import { median, rounded, timed_ms } from '../statistics.js';
import { say } from '../terminal.js';
import type { Bench } from './bench.js';
import { ClonedTable } from './cloned-table.js';
import { keepExplain } from './explain.js';
import { peakOfTree_mb } from './memory.js';
import { roundsOf } from './rounds.js';

/** Tables that a rebuild writes from nothing. */
const REBUILT = [
  ...Object.values(PROJECTION_TABLES)
    .map(({ name }) => name)
    .filter((name) => name !== PROJECTION_TABLES.accounts.name),
  'revenue_rollups',
];

interface Round {
  readonly ours_s: number;
  readonly peak_mb: number;
  readonly copy_s: number;
}

/** rebuild.*: `npm run cli -- rebuild` against COPY out of the ledger and COPY in of the same rows with their indexes. */
export async function measureRebuild(bench: Bench): Promise<Figures> {
  const { owner, folder } = bench.large;
  const empty = await rebuildOfNothing(bench);
  const rounds: Round[] = [];
  for (let round = 1; round <= roundsOf(bench); round += 1) {
    say(`rebuild: round ${round} of ${roundsOf(bench)}`);
    const ours = await rebuilt(folder);
    say(`rebuild: ${ours.seconds.toFixed(1)} s; COPY out and in`);
    const ledgerOut_ms = await timed_ms(() => bareCopyOut(owner, 'COPY credit_entries TO STDOUT'));
    const rowsIn_ms = await copyRowsIn(bench);
    rounds.push({
      ours_s: ours.seconds - empty.seconds,
      peak_mb: ours.peak_mb,
      copy_s: (ledgerOut_ms + rowsIn_ms) / 1000,
    });
  }
  await keepExplain(owner, bench, 'bare-ledger-out', [{ text: 'SELECT * FROM credit_entries' }]);
  const middle = (pick: (round: Round) => number): number => rounded(median(rounds.map(pick)));
  return {
    'rebuild.vs_copy': {
      value: middle(({ ours_s, copy_s }) => ours_s / copy_s),
      raw: {
        ours_s: middle(({ ours_s }) => ours_s),
        copy_s: middle(({ copy_s }) => copy_s),
        start_s: rounded(empty.seconds),
      },
    },
    'rebuild.rss_mb': {
      value: rounded(Math.max(...rounds.map(({ peak_mb }) => peak_mb)) - empty.peak_mb),
      raw: { idle_mb: rounded(empty.peak_mb) },
    },
  };
}

/** What a command took, and the most memory that it held. */
interface Rebuilt {
  readonly seconds: number;
  readonly peak_mb: number;
}

/** What the same command takes and holds where there is nothing to rebuild: its start, and its idle memory. */
async function rebuildOfNothing(bench: Bench): Promise<Rebuilt> {
  const folder = join(bench.folder, 'nothing');
  const database = await BenchDatabase.open(folder);
  try {
    await rebuilt(folder);
    return await rebuilt(folder);
  } finally {
    await database.close({ remove: true });
  }
}

async function rebuilt(folder: string): Promise<Rebuilt> {
  let peak_mb = 0;
  const { seconds } = await runCli(folder, ['rebuild'], async (pid) => {
    peak_mb = await peakOfTree_mb(pid);
  });
  return { seconds, peak_mb };
}

/** The rows are on disk before the clock runs; tables come first, indexes when they are full, as is fastest. */
async function copyRowsIn({ folder, large: { owner } }: Bench): Promise<number> {
  let sum_ms = 0;
  for (const table of await existing(owner)) {
    const file = join(folder, `${table}.copy`);
    const columns = await dumpRows(owner, table, file);
    const clone = await ClonedTable.create(owner, table);
    sum_ms += await timed_ms(async () => {
      await bareCopyIn(owner, clone.name, columns, file);
      await clone.addIndexes();
    });
    await clone.drop();
    rmSync(file);
  }
  return sum_ms;
}

async function existing(owner: Client): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(
    'SELECT name FROM unnest($1::text[]) AS name WHERE to_regclass(name) IS NOT NULL',
    [REBUILT],
  );
  return rows.map(({ name }) => name);
}
