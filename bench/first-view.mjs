// How long the page takes to show itself for the first time, in a browser that has seen nothing of it.
// npm run build && npm run bench:view -- --size 1m [--data FOLDER that npm run bench -- --data has filled]
//   [--partner largest,median or the ids of partners] [--rounds 7] [--screenshots FOLDER]
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BenchDatabase } from './bench-database.mjs';
import { showPage, startChromium } from './chromium.mjs';
import { shapeOf, SIZES } from './dataset/shape.mjs';
import { machineFacts } from './machine.mjs';
import { viewOf, viewsOf } from './measure/views.mjs';
import { startService, stopAll } from './service-process.mjs';
import { say } from './terminal.mjs';

/** The data set's last month, its last year, and all of it. */
const RANGES = {
  month: 'startDate=2025-12-01&endDate=2025-12-31',
  year: 'startDate=2025-01-01&endDate=2025-12-31',
  all: 'range=all',
};
/** Places among the views that the bench has; the first is finance's. */
const NAMED = { largest: 1, median: 4 };

const { values: options } = parseArgs({
  options: {
    size: { type: 'string', default: '1m' },
    data: { type: 'string' },
    partner: { type: 'string', default: 'largest,median' },
    rounds: { type: 'string', default: '7' },
    screenshots: { type: 'string' },
  },
});
const machine = machineFacts();
const folder = options.data ?? mkdtempSync(join(tmpdir(), 'bench-view-'));
const database = await BenchDatabase.filled(join(folder, options.size), shapeOf(SIZES[options.size]));
let browser;
try {
  const service = await startService(database.folder);
  browser = await startChromium();
  const figures = [];
  for (const view of await wantedViews()) {
    for (const [range, query] of Object.entries(RANGES)) {
      const { name, partnerId, deployments } = view;
      const figure = { view: name, partnerId, deployments, range, ...(await measured(view, range, query)) };
      figures.push(figure);
      say(`${name}, ${range}: rows after ${figure.rows_ms} ms, all after ${figure.all_ms} ms`);
    }
  }
  const path = join(import.meta.dirname, 'results', `first-view-${options.size}.json`);
  writeFileSync(path, `${JSON.stringify({ machine, figures }, null, 2)}\n`);

  /** Medians over rounds, each in a browser profile of its own. */
  async function measured({ name, headers }, range, query) {
    const token = headers.authorization.replace('Bearer ', '');
    const rounds = [];
    for (let round = 0; round < Number(options.rounds); round += 1) {
      const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1320, height: 900 } });
      const { page, ...times } = await showPage(context, `${service.url}/?${query}`, token);
      rounds.push(times);
      if (round === 0) await keepScreenshot(page, `${name}, ${range}`);
      await context.close();
    }
    return {
      rows_ms: median(rounds.map(({ rowsAt_ms }) => rowsAt_ms)),
      all_ms: median(rounds.map(({ allAt_ms }) => allAt_ms)),
    };
  }
} finally {
  await browser?.close();
  await stopAll();
  await database.close({ remove: options.data === undefined });
  if (options.data === undefined) rmSync(folder, { recursive: true, force: true });
}

/** Finance's view, and those of the partners that were named. */
async function wantedViews() {
  const views = await viewsOf(database);
  const partners = options.partner.split(',').map((partner) => {
    const place = NAMED[partner];
    return place === undefined ? viewOf(database, partner) : views[place];
  });
  return [views[0], ...(await Promise.all(partners))];
}

async function keepScreenshot(page, name) {
  if (options.screenshots === undefined) return;
  mkdirSync(options.screenshots, { recursive: true });
  const file = `${options.size}-${name.replaceAll(/[^A-Za-z0-9]+/g, '-')}.png`;
  await page.screenshot({ path: join(options.screenshots, file), fullPage: true });
}

function median(values) {
  return Math.round(values.sort((a, b) => a - b)[Math.floor(values.length / 2)]);
}
