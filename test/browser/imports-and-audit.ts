import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { settled, type PageWorld } from '../support/page-world.js';
import { violationsIn } from './looks.js';
import { open } from './modules-path.js';

const GOOD = '{"type":"user","id":"imported","email":"i@x.example","roles":["user"]}';
const BAD = '{"type":"module","id":"m-bad","name":"Bad","partnerId":"nobody","creditCost":"1"}';
const FILE = {
  name: 'records.ndjson',
  mimeType: 'application/x-ndjson',
  buffer: Buffer.from(`${GOOD}\n\n${BAD}\n`),
};

async function importFile(page: Page): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(FILE);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
}

/** Imports by a file, and the audit. */
export function importsAndAudit(world: PageWorld): void {
  describe('an import', () => {
    it('takes a dropped file, and gives the refused lines back with their reasons', async () => {
      const page = await open(world, 'admin', '/data');
      await page.evaluate(`(() => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([${JSON.stringify(FILE.buffer.toString())}], 'records.ndjson'));
        dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, cancelable: true, bubbles: true }));
      })()`);
      await page.getByRole('button', { name: 'Import', exact: true }).click();
      await page.getByText('records.ndjson: 2 lines were read.').waitFor();
      await page.getByText('MODULES.NO_SUCH_PARTNER').waitFor();
      const saved = async (name: string): Promise<string> => {
        const download = page.waitForEvent('download');
        await page.getByRole('button', { name }).click();
        return readFileSync(await (await download).path(), 'utf8');
      };
      expect(await saved('Refused lines, to correct')).toBe(`${BAD}\n`);
      expect(await saved('Reasons as CSV')).toMatch(/^Line,Type,Id,Code,Reason\r\n3,module,m-bad,MODULES\./);
      expect(await violationsIn(page)).toEqual([]);
    });

    it('records nothing of all lines or none, and names the refused ones', async () => {
      const page = await open(world, 'admin', '/data');
      await page.getByText('All lines or none').click();
      await importFile(page);
      await page.getByText('Nothing was recorded.').waitFor();
      await page.getByText('MODULES.NO_SUCH_PARTNER').waitFor();
    });

    it('does not claim to know what was recorded if the answer was lost', async () => {
      const page = await open(world, 'admin', '/data');
      await page.route('**/api/imports', async (route) => {
        await route.fetch();
        await route.fulfill({ status: 502, body: '<html>' });
      });
      await importFile(page);
      await page.getByText('It is not known what was recorded').waitFor();
      await page.unroute('**/api/imports');
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByText('records.ndjson: 2 lines were read.').waitFor();
    });

    it('goes on while another area is open', async () => {
      const page = await open(world, 'admin', '/data');
      let release = (): void => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      await page.route('**/api/imports', async (route) => {
        await held;
        await route.continue();
      });
      await importFile(page);
      await page.getByRole('progressbar', { name: 'Import of records.ndjson' }).waitFor();
      await page.getByRole('link', { name: 'Audit' }).click();
      await page.getByRole('heading', { level: 1, name: 'Audit' }).waitFor();
      release();
      await page.getByRole('link', { name: 'Data' }).click();
      await page.getByText('records.ndjson: 2 lines were read.').waitFor();
    });
  });

  describe('the audit', () => {
    it('is filtered, keeps the filter in the address, and opens an event', async () => {
      const page = await open(world, 'admin', '/audit');
      await page.getByLabel('Action', { exact: true }).selectOption({ label: 'Import' });
      await settled(page);
      expect(new URL(page.url()).search).toBe('?action=imports.run');
      await page
        .locator('.audit-table td.action', { hasNotText: 'Import' })
        .first()
        .waitFor({ state: 'detached' });
      expect(new Set(await page.locator('.audit-table td.action').allTextContents())).toEqual(
        new Set(['Import']),
      );
      await page.locator('.audit-table .row-link').first().click();
      await page.getByRole('dialog').getByText('imports.run').waitFor();
      await page.keyboard.press('Escape');
      await page.reload();
      await settled(page);
      expect(await page.getByLabel('Action', { exact: true }).inputValue()).toBe('imports.run');
      expect(await violationsIn(page)).toEqual([]);
    });

    it('says when the service does not answer, and tries again', async () => {
      const page = await open(world, 'admin', '/audit');
      await page.route('**/api/audit?*', (route) => route.abort());
      await page.getByLabel('Outcome').selectOption('refused');
      await page.getByRole('heading', { name: 'The service does not answer' }).waitFor();
      await page.unroute('**/api/audit?*');
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.locator('.show-more, .empty').first().waitFor();
    });
  });
}
