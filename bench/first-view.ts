// How long the page takes to show itself for the first time, in a browser that has seen nothing of it.
// npm run build && npm run bench:view -- --size 1m [--data FOLDER that npm run bench -- --data has filled]
//   [--partner largest,median or the ids of partners] [--rounds 7] [--screenshots FOLDER] [--out FILE]
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { BenchDatabase } from './bench-database.js';
import { showPage, startChromium } from './chromium.js';
import { shapeOf } from './dataset/shape.js';
import { RESULTS } from './folders.js';
import { machineFacts } from './machine.js';
import { viewOf, viewsOf, type PartnerView, type View } from './measure/views.js';
import { writeJson } from './results.js';
import { startService, stopAll } from './service-process.js';
import { median } from './statistics.js';
import { say, sizeOption } from './terminal.js';

/** The data set's last month, its last year, and all of it. */
const RANGES = {
  month: 'startDate=2025-12-01&endDate=2025-12-31',
  year: 'startDate=2025-01-01&endDate=2025-12-31',
  all: 'range=all',
};

const { values: options } = parseArgs({
  options: {
    size: { type: 'string', default: '1m' },
    data: { type: 'string' },
    partner: { type: 'string', default: 'largest,median' },
    rounds: { type: 'string', default: '7' },
    screenshots: { type: 'string' },
    out: { type: 'string' },
  },
});
const size = sizeOption('--size', options.size);
const machine = machineFacts();
const folder = options.data ?? mkdtempSync(join(tmpdir(), 'bench-view-'));
const database = await BenchDatabase.filled(join(folder, size), shapeOf(size));
let browser: Browser | undefined;
try {
  const { url } = await startService(database.folder);
  browser = await startChromium();
  const figures: unknown[] = [];
  for (const view of await wantedViews()) {
    for (const [range, query] of Object.entries(RANGES)) {
      const { name, headers, ...partner } = view;
      const times = await measured(browser, `${url}/?${query}`, { name: `${name}, ${range}`, headers });
      figures.push({ view: name, ...partner, range, ...times });
      say(`${name}, ${range}: rows after ${times.rows_ms} ms, all after ${times.all_ms} ms`);
    }
  }
  writeJson(options.out ?? join(RESULTS, `first-view-${size}.json`), { machine, figures });
} finally {
  await browser?.close();
  await stopAll();
  await database.close({ remove: options.data === undefined });
  if (options.data === undefined) rmSync(folder, { recursive: true, force: true });
}

/** Finance's view, and those of the partners that were named. */
async function wantedViews(): Promise<View[]> {
  const views = await viewsOf(database);
  const named: Readonly<Record<string, PartnerView | undefined>> = {
    largest: views.largest[0],
    median: views.median[0],
  };
  const wanted: View[] = [views.finance];
  for (const partner of options.partner.split(','))
    wanted.push(named[partner] ?? (await viewOf(database, partner)));
  return wanted;
}

/** Medians over rounds, each in a browser profile of its own. */
async function measured(
  browser: Browser,
  address: string,
  { name, headers }: View,
): Promise<{ readonly rows_ms: number; readonly all_ms: number }> {
  const token = headers.authorization.replace('Bearer ', '');
  const rounds: { readonly rowsAt_ms: number; readonly allAt_ms: number }[] = [];
  for (let round = 0; round < Number(options.rounds); round += 1) {
    const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1320, height: 900 } });
    const { page, ...times } = await showPage(context, address, token);
    rounds.push(times);
    if (round === 0) await keepScreenshot(page, name);
    await context.close();
  }
  return {
    rows_ms: Math.round(median(rounds.map(({ rowsAt_ms }) => rowsAt_ms))),
    all_ms: Math.round(median(rounds.map(({ allAt_ms }) => allAt_ms))),
  };
}

async function keepScreenshot(page: Page, name: string): Promise<void> {
  if (options.screenshots === undefined) return;
  mkdirSync(options.screenshots, { recursive: true });
  const file = `${size}-${name.replaceAll(/[^A-Za-z0-9]+/g, '-')}.png`;
  await page.screenshot({ path: join(options.screenshots, file), fullPage: true });
}
