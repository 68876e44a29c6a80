// How long the page takes to show itself for the first time, in a browser that has seen nothing of it.
// npm run build && npm run bench:view -- --size 1m [--data FOLDER that npm run bench -- --data has filled] [--rounds 7]
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BenchDatabase } from './bench-database.mjs';
import { showPage, startChromium } from './chromium.mjs';
import { shapeOf, SIZES } from './dataset/shape.mjs';
import { machineFacts } from './machine.mjs';
import { viewsOf } from './measure/views.mjs';
import { startService } from './service-process.mjs';
import { say } from './terminal.mjs';

/** The data set's last month, its last year, and all of it. */
const RANGES = {
  month: 'startDate=2025-12-01&endDate=2025-12-31',
  year: 'startDate=2025-01-01&endDate=2025-12-31',
  all: 'range=all',
};
/** Of the views that the bench has: finance's, the largest partner's, a median one's. */
const VIEWS = [0, 1, 4];

const { values: options } = parseArgs({
  options: {
    size: { type: 'string', default: '1m' },
    data: { type: 'string' },
    rounds: { type: 'string', default: '7' },
  },
});
const machine = machineFacts();
const folder = options.data ?? mkdtempSync(join(tmpdir(), 'bench-view-'));
const database = await BenchDatabase.open(join(folder, options.size));
let service;
let browser;
try {
  await database.fill(shapeOf(SIZES[options.size]));
  [service, browser] = [await startService(join(folder, options.size)), await startChromium()];
  const figures = [];
  const views = await viewsOf(database);
  for (const view of VIEWS.map((place) => views[place])) {
    for (const [range, query] of Object.entries(RANGES)) {
      const figure = { view: view.name, range, ...(await measured(view, query)) };
      figures.push(figure);
      say(`${figure.view}, ${range}: rows after ${figure.rows_ms} ms, all after ${figure.all_ms} ms`);
    }
  }
  const path = join(import.meta.dirname, 'results', `first-view-${options.size}.json`);
  writeFileSync(path, `${JSON.stringify({ machine, figures }, null, 2)}\n`);
} finally {
  await browser?.close();
  await service?.stop();
  await database.close({ remove: options.data === undefined });
  if (options.data === undefined) rmSync(folder, { recursive: true, force: true });
}

/** Medians over rounds, each in a browser profile of its own. */
async function measured({ headers }, query) {
  const token = headers.authorization.replace('Bearer ', '');
  const rounds = [];
  for (let round = 0; round < Number(options.rounds); round += 1) {
    const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1320, height: 900 } });
    rounds.push(await showPage(context, `${service.url}/?${query}`, token));
    await context.close();
  }
  return {
    rows_ms: median(rounds.map(({ rowsAt_ms }) => rowsAt_ms)),
    all_ms: median(rounds.map(({ allAt_ms }) => allAt_ms)),
  };
}

function median(values) {
  return Math.round(values.sort((a, b) => a - b)[Math.floor(values.length / 2)]);
}
