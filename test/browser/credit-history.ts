import type { Page } from 'playwright-core';
import type { CreditHistoryDto } from '../../src/credits/http/dto/credit-history.dto.js';
import type { TestRecord } from '../support/lines.js';
import { RANGE, settled, type PageWorld } from '../support/page-world.js';

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
      (await world.ask(`credits/history?userId=old&limit=500&${query}`, 'finance'))
        .json<CreditHistoryDto>()
        .data.map(({ id }) => id);
    const open = async (): Promise<Page> => {
      const page = await world.visit('finance', `${RANGE}&customer=old`);
      await page.locator('.credit-history').waitFor();
      return page;
    };
    const shown = (page: Page): Promise<string[]> =>
      page.locator('.credit-history tbody code').allTextContents();
    const more = async (page: Page): Promise<void> => {
      await page.getByRole('button', { name: 'Show earlier entries' }).click();
      await settled(page);
    };

    it('starts with the newest line, continues to older ones, and keeps the focus', async () => {
      const page = await open();
      const newestFirst = (await lines('')).toReversed();
      expect(await shown(page)).toEqual(newestFirst.slice(0, 50));
      await more(page);
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Show earlier entries');
      await more(page);
      expect(await shown(page)).toEqual(newestFirst);
      expect(await page.getByRole('button', { name: 'Show earlier entries' }).isVisible()).toBe(false);
      expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe('Credit history');
    });

    it('shows the lines of chosen days, and exports the same ones', async () => {
      const page = await open();
      const history = page.locator('.credit-history');
      await history.getByLabel('First day').fill('2025-02-01');
      await history.getByLabel('Last day').fill('2025-02-10');
      await history.getByRole('button', { name: 'Show these days' }).click();
      await settled(page);
      const wanted = (await lines('startDate=2025-02-01&endDate=2025-02-10')).toReversed();
      expect(wanted).toHaveLength(10);
      expect(await shown(page)).toEqual(wanted);
      const download = page.waitForEvent('download');
      await history.getByRole('button', { name: 'Export CSV' }).click();
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
      await history.getByLabel('First day').fill('2031-01-01');
      await history.getByLabel('Last day').fill('');
      await history.getByRole('button', { name: 'Show these days' }).click();
      await history.getByText('No entries on these days.').waitFor();
    });

    it('reports a failed request, and continues on a retry', async () => {
      const page = await open();
      await page.route(HISTORY, (route) => route.abort());
      await more(page);
      await page
        .getByText('The history could not be read. The service does not answer. Try again.')
        .waitFor();
      await page.unroute(HISTORY);
      await more(page);
      expect(await shown(page)).toHaveLength(100);
    });

    it('is newest first for a user’s own credits too', async () => {
      const page = await world.visit('user');
      const own = (await world.ask('credits/history?limit=500', 'user')).json<CreditHistoryDto>().data;
      expect((await shown(page))[0]).toBe(own.at(-1)?.id);
    });
  });
}
