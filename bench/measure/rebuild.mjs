import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECTION_TABLES } from '../../dist/src/credits/index.js';
import { BenchDatabase } from '../bench-database.mjs';
import { ClonedTable } from '../cloned-table.mjs';
import { keepExplain } from '../explain.mjs';
import { peakOfTree_mb } from '../memory.mjs';
import { bareCopyIn, dumpRows } from '../opponents/bare-copy-in.mjs';
import { bareCopyOut } from '../opponents/bare-copy-out.mjs';
import { runCli } from '../service-process.mjs';
import { median, rounded, timed_ms } from '../statistics.mjs';
import { say } from '../terminal.mjs';
import { roundsOf } from './rounds.mjs';

/** Tables that a rebuild writes from nothing. */
const REBUILT = [
  ...Object.values(PROJECTION_TABLES)
    .map(({ name }) => name)
    .filter((name) => name !== PROJECTION_TABLES.accounts.name),
  'revenue_rollups',
];

/** rebuild.*: `npm run cli -- rebuild` against COPY out of the ledger and COPY in of the same rows with their indexes. */
export async function measureRebuild(bench) {
  const { owner, folder } = bench.large;
  const empty = await rebuildOfNothing(bench);
  const rounds = [];
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
  const middle = (pick) => rounded(median(rounds.map(pick)));
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

/** What the same command takes and holds where there is nothing to rebuild: its start, and its idle memory. */
async function rebuildOfNothing(bench) {
  const folder = join(bench.folder, 'nothing');
  const database = await BenchDatabase.open(folder);
  try {
    await rebuilt(folder);
    return await rebuilt(folder);
  } finally {
    await database.close({ remove: true });
  }
}

async function rebuilt(folder) {
  let peak_mb = 0;
  const { seconds } = await runCli(folder, ['rebuild'], async (pid) => (peak_mb = await peakOfTree_mb(pid)));
  return { seconds, peak_mb };
}

/** The rows are on disk before the clock runs; tables come first, indexes when they are full, as is fastest. */
async function copyRowsIn({ folder, large: { owner } }) {
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

async function existing(owner) {
  const { rows } = await owner.query(
    'SELECT name FROM unnest($1::text[]) AS name WHERE to_regclass(name) IS NOT NULL',
    [REBUILT],
  );
  return rows.map(({ name }) => name);
}
