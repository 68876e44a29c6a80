// Every figure of docs/performance.md at one size, each beside its opponent in the same run.
// npm run build && npm run bench -- --size 100k|1m|10m [--only page,csv] [--data FOLDER] [--import 1m]
import { mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BenchDatabase } from './bench-database.js';
import { shapeOf } from './dataset/shape.js';
import { RESULTS } from './folders.js';
import { FIGURE_KEYS, judged, type Figures } from './goals.js';
import { machineFacts } from './machine.js';
import type { Bench } from './measure/bench.js';
import { measureCharge } from './measure/charge.js';
import { measureClose } from './measure/close.js';
import { measureCsv } from './measure/csv.js';
import { measureHttp } from './measure/http.js';
import { measureImport } from './measure/import.js';
import { measurePage } from './measure/page.js';
import { measureRebuild } from './measure/rebuild.js';
import { measureSignals } from './measure/signals.js';
import { recordResults } from './results.js';
import { runCli, stopAll } from './service-process.js';
import { fail, say, sizeOption } from './terminal.js';

/** What is measured together; what writes to the data set comes last. */
const PARTS = new Map<string, (bench: Bench) => Promise<Figures>>([
  ['page', measurePage],
  ['http', measureHttp],
  ['signals', measureSignals],
  ['charge', measureCharge],
  ['csv', measureCsv],
  ['rebuild', measureRebuild],
  ['close', measureClose],
  ['import', measureImport],
]);
/** What was measured must also be right; beyond this it takes longer than all the rest. */
const VERIFIED_MAX = 1_000_000;
/** Disk that a run needs for each deployment: ledger, projections, the fresh ones of a rebuild, an import, its log. */
const BYTES_PER_DEPLOYMENT = 5_000;

const { values: options } = parseArgs({
  options: {
    size: { type: 'string', default: '100k' },
    only: { type: 'string', default: [...PARTS.keys()].join(',') },
    data: { type: 'string' },
    import: { type: 'string' },
    results: { type: 'string', default: RESULTS },
  },
});
const size = sizeOption('--size', options.size);
const shape = shapeOf(size);
const importShape = shapeOf(sizeOption('--import', options.import ?? size));
const parts = options.only.split(',');
for (const part of parts) {
  if (!PARTS.has(part)) fail(`--only has ${part}; it takes ${[...PARTS.keys()].join(', ')}.`);
}

const machine = machineFacts();
const folder = options.data ?? mkdtempSync(join(tmpdir(), 'bench-'));
mkdirSync(folder, { recursive: true });
assertRoom(folder, shape.deployments * BYTES_PER_DEPLOYMENT);
/** Ctrl-C leaves nothing running, and nothing behind that was not to be kept. */
const brokenOff = new Promise<never>((_, reject) => {
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

async function measureAll(): Promise<void> {
  const large = await BenchDatabase.filled(join(folder, size), shape);
  // Another one even at 100k: the difference between two of a kind tells what a difference is worth.
  const small = await BenchDatabase.filled(join(folder, 'beside'), shapeOf('100k'));
  const bench: Bench = { size, shape, importShape, folder, large, small, results: options.results };
  const run = { machine, deployments: shape.deployments, seed: shape.seed };
  for (const part of parts) {
    const figures = await measured(part, bench);
    // After each part, so that a run that breaks off has not been for nothing.
    recordResults(options.results, size, run, figures);
    show(figures);
  }
  if (shape.deployments <= VERIFIED_MAX) await verify(large);
}

/** What fails is told and leaves its figures as they were; the others go on. */
async function measured(part: string, bench: Bench): Promise<Figures> {
  try {
    return (await PARTS.get(part)?.(bench)) ?? {};
  } catch (error) {
    process.exitCode = 1;
    say(`${part} failed: ${error instanceof Error ? error.stack : String(error)}`);
    return {};
  }
}

function show(figures: Figures): void {
  const rows = FIGURE_KEYS.flatMap((key) => {
    const figure = figures[key];
    if (figure === undefined) return [];
    const { value, goal, reached } = judged(key, figure);
    return [[key, { value, goal, reached }] as const];
  });
  console.table(Object.fromEntries(rows));
}

/** @throws where something stored is not what the ledger gives */
async function verify(database: BenchDatabase): Promise<void> {
  say('npm run cli -- verify');
  const { said } = await runCli(database.folder, ['verify']);
  say(said.trim().split('\n').at(-1) ?? '');
}

function assertRoom(where: string, needed: number): void {
  const { bavail, bsize } = statfsSync(where);
  if (bavail * bsize >= needed) return;
  const gigabytes = (bytes: number): number => bytes / 1e9;
  fail(
    `${where} has ${Math.floor(gigabytes(bavail * bsize))} GB free, and this size may need ${Math.ceil(gigabytes(needed))} GB.`,
  );
}
