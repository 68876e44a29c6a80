// The pictures of the page in docs/pictures: npm run build && npm run screenshot. It starts a demo of its own.
// With --all FOLDER: each area in both themes and three widths, to look at; --only NAME takes some of them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { startChromium } from './chromium.js';
import { ROOT } from './folders.js';
import { bearer, environmentOf, saidBy, type Headers } from './service-process.js';
import { shots, type Found, type Shot } from './shots.js';

const { values: options } = parseArgs({ options: { all: { type: 'string' }, only: { type: 'string' } } });

/** The people of the demo who are signed in. */
const PEOPLE = { partner: 'blue-heron', finance: 'freja', admin: 'amir', user: 'u-0004' } as const;
const HEIGHT = 860;
const DOCS = join(ROOT, 'docs', 'pictures');

interface Look {
  readonly theme: 'light' | 'dark';
  readonly width: number;
}

const LOOKS: readonly Look[] = [1280, 768, 360].flatMap((width) =>
  (['light', 'dark'] as const).map((theme) => ({ theme, width })),
);
/** Of the pictures in docs/: the theme and the width that shows the most. */
const USUAL: Look = { theme: 'light', width: 1280 };
const IN_DOCS: Readonly<Record<string, Look>> = {
  'revenue-finance': { theme: 'dark', width: 1280 },
  credits: { theme: 'light', width: 360 },
  module: { theme: 'dark', width: 1280 },
  payouts: { theme: 'dark', width: 1280 },
};

const folder = mkdtempSync(join(tmpdir(), 'screenshot-'));
const demo = spawn(process.execPath, [join(ROOT, 'bin', 'start.mjs'), '--demo'], {
  env: environmentOf(folder),
  stdio: ['ignore', 'pipe', 'inherit'],
});
const browser = await startChromium();
try {
  const [, url = ''] = await saidBy(demo.stdout, /Bearer \S+" "(http:\/\/[^/]+)/);
  const found = await find(url);
  const target = options.all ?? DOCS;
  mkdirSync(target, { recursive: true });
  for (const shot of shots(found)) {
    if (options.only !== undefined && !options.only.split(',').includes(shot.name)) continue;
    const headers = await bearer(PEOPLE[shot.role], shot.role);
    if (options.all === undefined) {
      await take(
        browser,
        { url, shot, headers, look: IN_DOCS[shot.name] ?? USUAL },
        join(target, `${shot.name}.png`),
      );
      continue;
    }
    for (const look of LOOKS) {
      const file = join(target, `${shot.name}-${look.theme}-${look.width}.png`);
      await take(browser, { url, shot, headers, look }, file);
    }
  }
} finally {
  await browser.close();
  demo.kill('SIGINT');
  if (demo.exitCode === null) await once(demo, 'exit');
  rmSync(folder, { recursive: true, force: true });
}

/** The deployment of the shown partner with the most revenue, and its module. */
async function find(url: string): Promise<Found> {
  const headers = await bearer(PEOPLE.partner, 'partner');
  const answer = await fetch(`${url}/api/revenue?sort=revenue&limit=1`, { headers });
  const { data } = (await answer.json()) as { data: { deploymentId: string; moduleId: string }[] };
  const [row] = data;
  if (row === undefined) throw new Error('The partner of the demo has no revenue.');
  return { customer: PEOPLE.user, deployment: row.deploymentId, module: row.moduleId };
}

interface Picture {
  readonly url: string;
  readonly shot: Shot;
  readonly headers: Headers;
  readonly look: Look;
}

async function take(chromium: Browser, { url, shot, headers, look }: Picture, file: string): Promise<void> {
  const context = await chromium.newContext({
    locale: 'en-US',
    viewport: { width: look.width, height: HEIGHT },
    colorScheme: look.theme,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const token = headers.authorization.replace('Bearer ', '');
  await page.addInitScript(`sessionStorage.setItem('module-revenue-token', ${JSON.stringify(token)})`);
  await page.goto(`${url}${shot.address}`);
  await page.locator('main:not(.sign-in)').waitFor();
  await shot.act?.(page);
  await page.locator(shot.sees).first().waitFor();
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
  await page.screenshot({ path: file, fullPage: options.all !== undefined });
  await context.close();
}
