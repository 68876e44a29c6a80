// Every figure of docs/performance.md at one size, each beside its opponent in the same run.
// npm run build && npm run bench -- --size 100k|1m|10m [--only page,csv] [--data FOLDER] [--import 1m]
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BenchDatabase } from './bench-database.mjs';
import { shapeOf, SIZES } from './dataset/shape.mjs';
import { GOALS, judged } from './goals.mjs';
import { machineFacts } from './machine.mjs';
import { measureCharge } from './measure/charge.mjs';
import { measureCsv } from './measure/csv.mjs';
import { measureHttp } from './measure/http.mjs';
import { measureImport } from './measure/import.mjs';
import { measurePage } from './measure/page.mjs';
import { measureRebuild } from './measure/rebuild.mjs';
import { runCli, stopAll } from './service-process.mjs';
import { say } from './terminal.mjs';

/** What is measured together; what writes to the data set comes last. */
const PARTS = {
  page: measurePage,
  http: measureHttp,
  charge: measureCharge,
  csv: measureCsv,
  rebuild: measureRebuild,
  import: measureImport,
};
/** What was measured must also be right; beyond this it takes longer than all the rest. */
const VERIFIED_MAX = 1_000_000;
/** Disk that a run needs for each deployment: ledger, projections, the fresh ones of a rebuild, an import, its log. */
const BYTES_PER_DEPLOYMENT = 5_000;

const { values: options } = parseArgs({
  options: {
    size: { type: 'string', default: '100k' },
    only: { type: 'string', default: Object.keys(PARTS).join(',') },
    data: { type: 'string' },
    import: { type: 'string' },
    results: { type: 'string', default: join(import.meta.dirname, 'results') },
  },
});
const shape = shapeOf(SIZES[options.size] ?? fail(`--size is one of ${Object.keys(SIZES).join(', ')}.`));
const parts = options.only.split(',');
if (!((options.import ?? options.size) in SIZES))
  fail(`--import is one of ${Object.keys(SIZES).join(', ')}.`);
for (const part of parts) if (!(part in PARTS)) fail(`--only takes ${Object.keys(PARTS).join(', ')}.`);

const machine = machineFacts();
const folder = options.data ?? mkdtempSync(join(tmpdir(), 'bench-'));
mkdirSync(folder, { recursive: true });
assertRoom(folder, shape.deployments * BYTES_PER_DEPLOYMENT);
/** Ctrl-C leaves nothing running, and nothing behind that was not to be kept. */
const brokenOff = new Promise((_, reject) => {
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => reject(new Error(`Broken off by ${signal}.`)));
  }
});
try {
  await Promise.race([measureAll(), brokenOff]);
} finally {
  await stopAll();
  const remove = options.data === undefined;
  await BenchDatabase.closeAll({ remove });
  if (remove) rmSync(folder, { recursive: true, force: true });
}

async function measureAll() {
  const large = await BenchDatabase.filled(join(folder, options.size), shape);
  // Another one even at 100k: the difference between two of a kind tells what a difference is worth.
  const small = await BenchDatabase.filled(join(folder, 'beside'), shapeOf(SIZES['100k']));
  const importShape = shapeOf(SIZES[options.import ?? options.size]);
  const bench = { size: options.size, shape, importShape, folder, large, small, results: options.results };
  for (const part of parts) record(await measured(part, bench));
  if (shape.deployments <= VERIFIED_MAX) await verify(large);
}

/** What fails is told and leaves its figures as they were; the others go on. */
async function measured(part, bench) {
  try {
    return await PARTS[part](bench);
  } catch (error) {
    process.exitCode = 1;
    say(`${part} failed: ${error.stack}`);
    return {};
  }
}

/** @throws where something stored is not what the ledger gives */
async function verify({ folder: dataFolder }) {
  say('npm run cli -- verify');
  const { said } = await runCli(dataFolder, ['verify']);
  say(said.trim().split('\n').at(-1));
}

/** Written after each part, so that a run that breaks off has not been for nothing. */
function record(figures) {
  const file = join(options.results, `${options.size}.json`);
  const before = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const after = { ...before, run: { machine, deployments: shape.deployments, seed: shape.seed } };
  for (const [key, figure] of Object.entries(figures)) {
    after[key] = { ...judged(key, figure), measuredAt: machine.measuredAt, commit: machine.commit };
  }
  const ordered = Object.fromEntries(
    ['run', ...Object.keys(GOALS)].filter((key) => key in after).map((key) => [key, after[key]]),
  );
  writeFileSync(file, `${JSON.stringify(ordered, null, 2)}\n`);
  const rows = Object.keys(figures).map((key) => [key, after[key]]);
  console.table(
    Object.fromEntries(rows.map(([key, { value, goal, reached }]) => [key, { value, goal, reached }])),
  );
}

function assertRoom(where, needed) {
  const { bavail, bsize } = statfsSync(where);
  if (bavail * bsize >= needed) return;
  fail(
    `${where} has ${Math.floor((bavail * bsize) / 1e9)} GB free, and this size may need ${Math.ceil(needed / 1e9)} GB.`,
  );
}

function fail(why) {
  console.error(why);
  process.exit(1);
}
