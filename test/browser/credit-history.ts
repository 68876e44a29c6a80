import type { Page } from 'playwright-core';
import type { CreditHistoryDto } from '../../src/credits/http/dto/credit-history.dto.js';
import type { TestRecord } from '../support/lines.js';
import { settled, type PageWorld } from '../support/page-world.js';
import { hold } from './hold.js';

const LINES = 120;
const HISTORY = /\/api\/credits\/history/;

/** A customer with more lines than one page, one per day from January on. */
export function oldCustomer(): TestRecord[] {
  return [
    { type: 'user', id: 'old', roles: ['user'] },
    ...Array.from({ length: LINES }, (_, day) => ({
      type: 'award',
      externalId: `daily-${day}`,
      userId: 'old',
      credits: '1',
      occurredAt: new Date(Date.UTC(2025, 0, 1 + day, 12)).toISOString(),
    })),
  ];
}

/** The credit history: the newest line first, for chosen days, and as a file. */
export function creditHistory(world: PageWorld): void {
  describe('a credit history', () => {
    const lines = async (query: string): Promise<string[]> =>
      (await world.ask(`credits/history?userId=old&order=desc&limit=500&${query}`, 'finance'))
        .json<CreditHistoryDto>()
        .data.map(({ id }) => id);
    const shown = (page: Page): Promise<string[]> =>
      page
        .getByRole('table', { name: /^Credit history/ })
        .locator('tbody th code')
        .allTextContents();
    const more = async (page: Page): Promise<void> => {
      await page.locator('.history').getByRole('button', { name: 'Show more' }).click();
      await settled(page);
    };

    it('starts with the newest line, continues to older ones, and keeps the focus', async () => {
      const page = await world.visit('finance', '/customers/old');
      const newestFirst = await lines('');
      expect(await shown(page)).toEqual(newestFirst.slice(0, 50));
      await more(page);
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Show more');
      await more(page);
      expect(await shown(page)).toEqual(newestFirst);
      expect(await page.locator('.history').getByRole('button', { name: 'Show more' }).count()).toBe(0);
      expect(await page.evaluate('document.activeElement.textContent')).toBe('120 entries, all shown');
    });

    it('shows the lines of chosen days, and exports the same ones', async () => {
      const page = await world.visit('finance', '/customers/old');
      await page.getByLabel('First day').fill('2025-02-01');
      await page.getByLabel('Last day').fill('2025-02-10');
      await page.locator('.history').getByText('daily-40').waitFor();
      await settled(page);
      const wanted = await lines('startDate=2025-02-01&endDate=2025-02-10');
      expect(wanted).toHaveLength(10);
      expect(await shown(page)).toEqual(wanted);
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Export CSV' }).click();
      const file = await download;
      expect(file.suggestedFilename()).toBe('credit-history_old_2025-02-01_to_2025-02-10.csv');
      const chunks: Buffer[] = [];
      for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
      const ids = Buffer.concat(chunks)
        .toString('utf8')
        .split('\r\n')
        .slice(1, -1)
        .map((line) => line.split(',')[2]);
      expect(ids).toEqual(wanted);
      await page.getByLabel('Last day').fill('2025-01-10');
      await page.getByText('The first day is after the last one.').waitFor();
      await page.getByLabel('First day').fill('2020-01-10');
      await page.getByLabel('Last day').fill('2020-01-10');
      await page.getByText('Nothing happened on these days').waitFor();
    });

    it('does not export while another question is loading, so no file is out of date', async () => {
      const page = await world.visit('finance', '/customers/old');
      const release = await hold(page, HISTORY);
      await page.getByLabel('First day').fill('2025-02-01');
      const button = page.getByRole('button', { name: 'Export CSV' });
      await page.waitForURL(/since=2025-02-01/);
      expect(await button.getAttribute('aria-disabled')).toBe('true');
      release();
      await settled(page);
      expect(await button.getAttribute('aria-disabled')).toBe(null);
    });

    it('reports a failed request, and continues on a retry', async () => {
      const page = await world.visit('finance', '/customers/old');
      await page.route(HISTORY, (route) => route.abort());
      await more(page);
      await page.getByText('The list could not be read. Try again.').waitFor();
      expect(await shown(page)).toHaveLength(50);
      await page.unroute(HISTORY);
      await more(page);
      expect(await shown(page)).toHaveLength(100);
    });
  });
}
