import type { Page } from 'playwright-core';
import type { Report } from '../support/revenue-client.js';
import { RANGE, settled, type PageWorld } from '../support/page-world.js';
import { JUNE } from './hard-names.js';
import { ids } from './partner-path.js';

const CURSOR = /[?&]cursor=/;

/** Paging without waiting, and links that follow the current address. */
export function pagesAndLinks(world: PageWorld): void {
  describe('the next page', () => {
    const pageOf = async (cursor: string | null): Promise<Report> => {
      const query = cursor === null ? JUNE : `${JUNE}&cursor=${cursor}`;
      return (await world.ask(`revenue?${query}`, 'crowd')).json<Report>();
    };
    const firstThree = async (): Promise<string[][]> => {
      const first = await pageOf(null);
      const second = await pageOf(first.page.nextCursor);
      const third = await pageOf(second.page.nextCursor);
      return [first, second, third].map(({ data }) => data.map(({ deploymentId }) => deploymentId));
    };

    const withNextPage = async (): Promise<Page> => {
      const page = await world.tab();
      const ahead = page.waitForEvent('requestfinished', (request) => CURSOR.test(request.url()));
      await world.enter(page, 'crowd', JUNE);
      await ahead;
      return page;
    };

    it('is read ahead: paging forward and back waits for no response', async () => {
      const page = await withNextPage();
      await page.route('**/api/**', (route) => route.abort());
      const [first, second] = await firstThree();
      await page.getByRole('button', { name: 'Next' }).click();
      expect(await shownFrom(page, '51–100 of 1,000')).toEqual(second);
      await page.getByRole('button', { name: 'Previous' }).click();
      expect(await shownFrom(page, '1–50 of 1,000')).toEqual(first);
    });

    it('neither skips nor repeats a row if the user is faster than the responses', async () => {
      const page = await withNextPage();
      let answer = (): void => undefined;
      const held = new Promise<void>((resolve) => (answer = resolve));
      await page.route(CURSOR, async (route) => {
        await held;
        await route.continue();
      });
      const [, second, third] = await firstThree();
      const next = page.getByRole('button', { name: 'Next' });
      await next.click();
      expect(await shownFrom(page, '51–100 of 1,000')).toEqual(second);
      for (let press = 0; press < 3; press += 1) await next.click();
      answer();
      expect(await shownFrom(page, '101–150 of 1,000')).toEqual(third);
    });

    it('starts again from the first if renaming a module has changed the order', async () => {
      const page = await withNextPage();
      const stale = { title: 'Bad cursor', status: 400, code: 'PAGING.BAD_CURSOR' };
      await page.route(CURSOR, (route) => route.fulfill({ status: 400, json: stale }));
      const [first, second] = await firstThree();
      await page.getByRole('button', { name: 'Next' }).click();
      expect(await shownFrom(page, '51–100 of 1,000')).toEqual(second);
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByRole('heading', { name: 'The list has changed' }).waitFor();
      await page.unroute(CURSOR);
      await page.getByRole('button', { name: 'Try again' }).click();
      expect(await shownFrom(page, '1–50 of 1,000')).toEqual(first);
    });

    it('is cancelled by a new question', async () => {
      const page = await world.visit('crowd', JUNE);
      const ended = page.waitForEvent('requestfailed', (request) => CURSOR.test(request.url()));
      await page.route(CURSOR, () => undefined); // Never answered.
      await page.getByRole('button', { name: 'Revenue', exact: true }).click();
      await settled(page);
      await page.getByRole('button', { name: 'Credit Cost' }).click();
      expect((await ended).url()).toContain('sort=revenue');
    });
  });

  describe('a link', () => {
    it('opens the current view, not that of the time when the row was drawn', async () => {
      const page = await world.visit('finance', RANGE);
      await page.getByRole('radio', { name: 'Month' }).check();
      await page.getByRole('radio', { name: 'By module' }).check();
      await settled(page);
      const query = new URL(page.url()).searchParams;
      expect([query.get('unit'), query.get('by')]).toEqual(['month', 'module']);
      for (const selector of ['.rows-table .why', '.tabs [aria-current]']) {
        const href = await page.locator(selector).last().getAttribute('href');
        const target = new URL(href ?? '').searchParams;
        expect([selector, target.get('unit'), target.get('by')]).toEqual([selector, 'month', 'module']);
      }
    });

    it('opened in another tab shows the same view', async () => {
      const page = await world.visit('partner', RANGE);
      await page.getByRole('radio', { name: 'Month' }).check();
      const href = await page.locator('.rows-table .why').first().getAttribute('href');
      const other = await world.visit('partner', new URL(href ?? '').search.slice(1));
      await other.getByRole('dialog').getByRole('heading', { name: 'What they cost' }).waitFor();
      expect(await other.getByRole('radio', { name: 'Month' }).isChecked()).toBe(true);
    });
  });
}

async function shownFrom(page: Page, where: string): Promise<(string | null)[]> {
  await page.getByText(where).waitFor();
  return ids(page);
}
