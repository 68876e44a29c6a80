import type { Page } from 'playwright-core';
import type { Report } from '../support/revenue-client.js';
import { settled, type PageWorld } from '../support/page-world.js';
import { JUNE } from './hard-names.js';
import { figure } from './partner-path.js';

/** The modules of `crowd` with regular names; seven have difficult ones. */
const NAMED_MODULE = 993;
/** An address length that every server and proxy accepts. */
const SHORT_ADDRESS = 8_000;

/** Hundreds of chosen modules, and all except a few. */
export function manyModules(world: PageWorld): void {
  describe('many modules', () => {
    it('are chosen at once, and every part of the page uses them, also after a reload', async () => {
      const page = await world.visit('crowd', JUNE);
      const asked: string[] = [];
      page.on('request', (request) => asked.push(`${request.method()} ${request.url()}`));
      await page.getByRole('button', { name: /^Modules/ }).click();
      await page.getByRole('searchbox', { name: 'Search modules' }).fill('Module');
      await page.getByRole('button', { name: 'Choose all that are found' }).click();
      await page.getByRole('button', { name: `Modules: ${NAMED_MODULE} chosen`, exact: true }).waitFor();
      await page.keyboard.press('Escape');
      for (const again of [false, true]) {
        if (again) await page.reload();
        await settled(page);
        expect(await figure(page, 'deployments')).toBe(String(NAMED_MODULE));
        await page.getByRole('button', { name: `Modules: ${NAMED_MODULE} chosen`, exact: true }).waitFor();
      }
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByText(`51–100 of ${NAMED_MODULE}`).waitFor();
      await page.getByRole('radio', { name: 'By module' }).check();
      await settled(page);
      expect(asked.filter((one) => one.length > SHORT_ADDRESS)).toEqual([]);
      expect(asked).toEqual(
        expect.arrayContaining(
          ['revenue', 'revenue/summary'].map((path) => `POST ${world.url}/api/${path}/search`),
        ),
      );
    });

    it('are exported as a file with only these modules', async () => {
      const page = await world.visit('crowd', JUNE);
      const moduleId = Array.from({ length: NAMED_MODULE }, (_, index) => `crowd-${index + 7}`);
      await page.goto(`${world.url}/?${JUNE}#moduleId=${moduleId.join(',')}`);
      await page.reload();
      await settled(page);
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Export CSV' }).click();
      const file = await download;
      const [startDate, endDate] = ['2026-06-01', '2026-06-30'];
      const body = { startDate, endDate, timeZone: 'UTC', moduleId, format: 'csv' };
      const { text } = await world.ask('revenue/search', 'crowd', { method: 'POST', body });
      expect(file.suggestedFilename()).toBe(
        `module-revenue_crowd_${NAMED_MODULE}-modules_${startDate}_to_${endDate}.csv`,
      );
      expect(await contents(file)).toBe(text);
    });

    it('are all except three: the address contains the three', async () => {
      const page = await world.visit('crowd', JUNE);
      await page.getByRole('button', { name: /^Modules/ }).click();
      await page.getByRole('button', { name: 'All but the chosen' }).click();
      for (const text of ['Module 500', 'Module 501', 'Module 502']) {
        await page.getByRole('searchbox', { name: 'Search modules' }).fill(text);
        await page.getByRole('checkbox', { name: text }).check();
      }
      await page.getByRole('button', { name: 'Modules: All but 3', exact: true }).waitFor();
      await page.keyboard.press('Escape');
      for (const again of [false, true]) {
        if (again) await page.reload();
        await settled(page);
        expect(new URL(page.url()).searchParams.getAll('exceptModuleId').sort()).toEqual(
          [500, 501, 502].map((place) => `crowd-${place}`),
        );
        expect(await figure(page, 'deployments')).toBe('997');
        expect(await figure(page, 'revenue')).toBe(await revenueWithoutThree(page));
      }
    });

    /** As the page formats it. */
    async function revenueWithoutThree(page: Page): Promise<string> {
      const query = `${JUNE}&exceptModuleId=crowd-500&exceptModuleId=crowd-501&exceptModuleId=crowd-502`;
      const { totals } = (await world.ask(`revenue?${query}`, 'crowd')).json<Report>();
      expect(totals.deployments).toBe(997);
      const shown = (await figure(page, 'revenue')) ?? '';
      expect(shown.replace(/[$,]/g, '')).toBe(totals['revenue']);
      return shown;
    }

    it('are cleared by “All Modules”, and kept by the link to the content', async () => {
      const page = await world.visit('crowd', JUNE);
      const many = Array.from({ length: 300 }, (_, index) => `crowd-${index}`).join(',');
      await page.goto(`${world.url}/?${JUNE}#moduleId=${many}`);
      await page.reload();
      await settled(page);
      expect(await figure(page, 'deployments')).toBe('300');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      expect(await page.evaluate('document.activeElement.id')).toBe('main');
      expect(new URL(page.url()).hash.length).toBeGreaterThan(2_000);
      await page.getByRole('button', { name: 'Clear filter' }).click();
      await settled(page);
      expect(new URL(page.url()).hash).toBe('');
      expect(await figure(page, 'deployments')).toBe('1,000');
    });
  });
}

async function contents(file: { createReadStream(): Promise<NodeJS.ReadableStream> }): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
