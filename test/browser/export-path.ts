import type { CDPSession, Page } from 'playwright-core';
import type { PageWorld } from '../support/page-world.js';
import { JUNE } from './hard-names.js';

const FILE = `${JUNE}&sort=moduleName&order=asc`;
/** A rate at which a thousand rows arrive in several parts, in two seconds. */
const SLOW_BYTES_PER_S = 5_000;
/** A rate at which three seconds are between the first part and the last one, even if the machine is busy. */
const VERY_SLOW_BYTES_PER_S = 2_000;
const SLOW_TEST_MS = 90_000;
/** More rows than the page collects in memory. */
const MANY_ROWS = 150_000;

/**
 * Replaces the browser's dialog, which a test cannot click. The file is real: the page writes it in the browser's
 * private folder as it would anywhere.
 */
const ANSWER_DIALOG = `
  window.asked = [];
  window.showSaveFilePicker = async (options) => {
    window.asked.push(options.suggestedName);
    const folder = await navigator.storage.getDirectory();
    return folder.getFileHandle('chosen.csv', { create: true });
  };
`;
const CLOSE_DIALOG = `
  window.showSaveFilePicker = () => Promise.reject(new DOMException('The user aborted a request.', 'AbortError'));
`;
const REFUSE_DIALOG = `
  window.showSaveFilePicker = () => Promise.reject(new DOMException('Not here.', 'SecurityError'));
`;
/** Notes every step of the progress bar, because a test that asks for it repeatedly can miss some. */
const NOTE_PROGRESS = `
  window.steps = [];
  new MutationObserver(() => {
    const bar = document.querySelector('.export-progress progress');
    if (bar !== null && bar.value !== window.steps.at(-1)) window.steps.push(bar.value);
  }).observe(document.querySelector('.export'), { subtree: true, childList: true, attributeFilter: ['value'] });
`;
/** null if the file does not exist. */
const CHOSEN = `(async () => {
  const folder = await navigator.storage.getDirectory();
  try {
    return await (await (await folder.getFileHandle('chosen.csv')).getFile()).text();
  } catch {
    return null;
  }
})()`;

/** Large exports: progress, place, cancelling, and interruptions. */
export function exportPath(world: PageWorld): void {
  describe('a large export', () => {
    const bytes = async (): Promise<string> =>
      (await world.ask(`revenue?${FILE}&timeZone=UTC&format=csv`, 'crowd')).text;

    it(
      'shows its progress',
      async () => {
        const page = await world.visit('crowd', FILE);
        const line = await slowDown(page, SLOW_BYTES_PER_S);
        await page.evaluate(NOTE_PROGRESS);
        const download = page.waitForEvent('download');
        await page.getByRole('button', { name: 'Export CSV' }).click();
        expect(await contents(await download)).toBe(await bytes());
        await line.detach();
        const steps = await page.evaluate<number[]>('window.steps');
        expect(steps.length).toBeGreaterThan(3);
        expect(steps).toEqual([...steps].sort((a, b) => a - b));
      },
      SLOW_TEST_MS,
    );

    it('is written in parts to the chosen place', async () => {
      const page = await visitMany(ANSWER_DIALOG);
      await page.getByRole('button', { name: 'Export CSV' }).click();
      await page.getByText('Saved chosen.csv').waitFor();
      expect(await page.evaluate(CHOSEN)).toBe(await bytes());
      expect(await page.evaluate('window.asked')).toEqual([
        'module-revenue_crowd_2026-06-01_to_2026-06-30.csv',
      ]);
    });

    it(
      'leaves no file if it is cancelled',
      async () => {
        const page = await visitMany(ANSWER_DIALOG);
        const line = await slowDown(page, VERY_SLOW_BYTES_PER_S);
        await page.getByRole('button', { name: 'Export CSV' }).click();
        await page.getByText(/^[1-9]\d* of 150,000 rows/).waitFor();
        expect(await page.evaluate(CHOSEN)).toBe('');
        await page.getByRole('button', { name: 'Cancel export' }).click();
        await page.getByText('Export cancelled.').waitFor();
        expect(await page.evaluate(CHOSEN)).toBeNull();
        await line.detach();
        await page.getByRole('button', { name: 'Export CSV' }).click();
        await page.getByText('Saved chosen.csv').waitFor();
        expect(await page.evaluate(CHOSEN)).toBe(await bytes());
      },
      SLOW_TEST_MS,
    );

    it('leaves no file if the service refuses it', async () => {
      const page = await visitMany(ANSWER_DIALOG);
      await page.route('**/api/revenue?*format=csv*', (route) =>
        route.fulfill({ status: 503, json: { title: 'Down', detail: 'Not just now.', status: 503 } }),
      );
      await page.getByRole('button', { name: 'Export CSV' }).click();
      await page.getByText('Not just now. The export broke off and nothing was saved.').waitFor();
      expect(await page.evaluate(CHOSEN)).toBeNull();
    });

    it('does not start if no place was chosen', async () => {
      const page = await visitMany(CLOSE_DIALOG);
      let asked = 0;
      page.on('request', (request) => (asked += Number(request.url().includes('format=csv'))));
      await page.getByRole('button', { name: 'Export CSV' }).click();
      await page.getByText('Export cancelled.').waitFor();
      expect(asked).toBe(0);
    });

    it.each([
      ['has no such dialog', 'delete window.showSaveFilePicker;'],
      ['does not allow it', REFUSE_DIALOG],
    ])('is a normal download if the browser %s', async (_, script) => {
      const page = await visitMany(script);
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Export CSV' }).click();
      expect(await contents(await download)).toBe(await bytes());
    });

    /** The report of a thousand rows, in a page whose response is changed to report many more. */
    async function visitMany(script: string): Promise<Page> {
      const page = await world.tab();
      await page.route('**/api/revenue?*limit=50*', async (route) => {
        const response = await route.fetch();
        const report = (await response.json()) as { totals: { deployments: number } };
        report.totals.deployments = MANY_ROWS;
        await route.fulfill({ response, json: report });
      });
      await page.addInitScript(script);
      await world.enter(page, 'crowd', FILE);
      return page;
    }
  });
}

/** Slows the connection down; detaching the session ends it. */
async function slowDown(page: Page, bytesPerSecond: number): Promise<CDPSession> {
  const line = await page.context().newCDPSession(page);
  await line.send('Network.enable');
  await line.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: -1,
  });
  return line;
}

async function contents(file: { createReadStream(): Promise<NodeJS.ReadableStream> }): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
