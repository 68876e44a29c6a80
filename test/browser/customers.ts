import type { CreditBalanceDto } from '../../src/credits/http/dto/credit-balance.dto.js';
import type { CreditHistoryDto } from '../../src/credits/http/dto/credit-history.dto.js';
import type { Locator, Page } from 'playwright-core';
import { settled, type PageWorld } from '../support/page-world.js';
import { hold } from './hold.js';
import { withCents } from './partner-path.js';

const USERS = /\/api\/users\?/;
const BALANCE = /\/api\/credits\/balance/;

/** Finding customers, and reading the credits of one. */
export function customers(world: PageWorld): void {
  const balance = async (query: string): Promise<CreditBalanceDto> =>
    (await world.ask(`credits/balance?${query}`, 'finance')).json<CreditBalanceDto>();
  const names = (page: Page): Promise<string[]> => page.locator('.customers tbody th').allTextContents();

  describe('finding a customer', () => {
    it('works with the first letters of name, e-mail address or id, and with a tap', async () => {
      const page = await world.visit('finance', '/customers', {
        viewport: { width: 360, height: 740 },
        hasTouch: true,
      });
      for (const typed of ['Ann S', 'secret', 'ANN@', 'ann']) {
        await page.getByLabel('Name, e-mail address or id').fill(typed);
        await page.waitForURL((url) => url.searchParams.get('q') === typed);
        await page.getByRole('link', { name: 'bob' }).waitFor({ state: 'detached' });
        await page.getByRole('link', { name: 'Ann Secret' }).waitFor();
      }
      await page.getByRole('link', { name: 'Cem Secret' }).waitFor({ state: 'detached' });
      await settled(page);
      expect(await names(page)).toEqual(['Ann Secret']);
      await page.getByRole('link', { name: 'Ann Secret' }).tap();
      await page.getByRole('heading', { name: 'Ann Secret', level: 1 }).waitFor();
      expect(new URL(page.url()).pathname).toBe('/customers/ann');
      await page.goBack();
      await page.getByRole('link', { name: 'Ann Secret' }).waitFor();
      expect(await page.getByLabel('Name, e-mail address or id').inputValue()).toBe('ann');
    });

    it('shows the answer to what is typed last, however late the others are', async () => {
      const page = await world.visit('finance', '/customers');
      const release = await hold(page, /\/api\/users\?(?=.*q=b)/);
      await page.getByLabel('Name, e-mail address or id').fill('b');
      await page.waitForRequest(/q=b/);
      await page.getByLabel('Name, e-mail address or id').fill('cem');
      await page.getByRole('link', { name: 'Cem Secret' }).waitFor();
      release();
      await settled(page);
      expect(await names(page)).toEqual(['Cem Secret']);
    });

    it('shows who is not a user only if everybody is searched', async () => {
      const page = await world.visit('finance', '/customers?q=acme');
      await page.getByText('Nobody has this name, e-mail address or id').waitFor();
      await page.getByRole('button', { name: 'Everybody' }).click();
      await page.getByRole('link', { name: 'hello@acme.example' }).waitFor();
    });

    it('shows a failure, and goes on when the service answers again', async () => {
      const page = await world.visit('finance', '/customers');
      await page.route(USERS, (route) => route.abort());
      await page.getByLabel('Name, e-mail address or id').fill('ann');
      await page.getByRole('heading', { name: 'The service does not answer' }).waitFor();
      expect(await page.getByRole('table').count()).toBe(0);
      await page.unroute(USERS);
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByRole('link', { name: 'Ann Secret' }).waitFor();
    });

    it('is not for partners and customers: the page does not even ask', async () => {
      for (const person of ['partner', 'user'] as const) {
        const page = await world.tab();
        const asked: string[] = [];
        page.on('request', (request) => asked.push(request.url()));
        await world.enter(page, person, '/customers/bob');
        expect(await page.getByRole('link', { name: 'Customers' }).count()).toBe(0);
        expect(asked.filter((url) => /\/api\/users|userId=bob/.test(url))).toEqual([]);
      }
    });
  });

  describe('a customer’s page', () => {
    it('shows the balance and the lots of the API', async () => {
      const page = await world.visit('finance', '/customers/bob');
      const { total, free, purchased, unpaid, lots } = await balance('userId=bob');
      expect(await figures(page)).toEqual([total, free, purchased, unpaid]);
      const shown = await page
        .getByRole('table', { name: /^Lots/ })
        .locator('tbody th code')
        .allTextContents();
      expect(shown).toEqual(lots.map(({ lotId }) => lotId));
      await page.getByText('Days and times in UTC').waitFor();
    });

    it('shows the balance as of the end of a day, from the address too', async () => {
      const page = await world.visit('finance', '/customers/bob');
      await page.getByLabel('As of the end of').fill('2026-02-12');
      await page.getByRole('heading', { name: 'Balance at the end of Feb 12, 2026' }).waitFor();
      await settled(page);
      const then = await balance('userId=bob&asOf=2026-02-12T23:59:59.999999Z');
      const now = await balance('userId=bob');
      expect(then.total).not.toBe(now.total);
      expect(await figures(page)).toEqual([then.total, then.free, then.purchased, then.unpaid]);
      await page.reload();
      await settled(page);
      expect((await figures(page))[0]).toBe(then.total);
      await page.getByRole('button', { name: 'Now', exact: true }).click();
      await page.getByRole('heading', { name: 'Balance', exact: true }).waitFor();
      await settled(page);
      expect((await figures(page))[0]).toBe(now.total);
    });

    it('shows what the customer brought to which partner, as the API does', async () => {
      const page = await world.visit('finance', '/customers/bob');
      const { data, totals } = (
        await world.ask('revenue/summary?userId=bob&groupBy=partner&includeFree=true', 'finance')
      ).json<RevenueSummary>();
      const card = page.locator('.brought');
      const cells = (row: Locator): Promise<string[]> => row.locator('td').allTextContents();
      expect(data.length).toBeGreaterThan(1);
      for (const [index, { key, label, ...of }] of data.entries()) {
        const row = card.locator('tbody tr').nth(index);
        expect(await row.locator('th').textContent()).toBe(
          key === null ? 'The platform’s own modules' : label,
        );
        expect(await cells(row)).toEqual(shownRow(of));
      }
      expect(await cells(card.locator('tfoot tr'))).toEqual(shownRow(totals));
    });

    it('shows the rest if one part fails, and that part on a retry', async () => {
      const page = await world.tab();
      await page.route(BALANCE, (route) => route.abort());
      await world.enter(page, 'finance', '/customers/bob');
      await page.getByRole('table', { name: /^Credit history/ }).waitFor();
      expect(await page.getByRole('alert').allTextContents()).toEqual([
        expect.stringContaining('The service does not answer'),
      ]);
      await page.unroute(BALANCE);
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.locator('.balance-figures').waitFor();
    });

    it('goes on by itself when the connection is back', async () => {
      const page = await world.visit('finance', '/customers/bob');
      await page.context().setOffline(true);
      await page.getByLabel('As of the end of').fill('2026-02-12');
      await page.getByRole('heading', { name: 'You are offline' }).waitFor();
      await page.context().setOffline(false);
      await page.getByRole('heading', { name: 'Balance at the end of Feb 12, 2026' }).waitFor();
    });

    it('says who does not exist', async () => {
      const page = await world.visit('finance', '/customers/stranger');
      await page.getByRole('alert').getByText('There is no user stranger').waitFor();
      await page.getByRole('link', { name: 'All customers' }).click();
      await page.getByRole('heading', { name: 'Customers', level: 1 }).waitFor();
    });

    it('leads from a deployment to its explanation, and back', async () => {
      const page = await world.visit('finance', '/customers/bob');
      const lines = (
        await world.ask('credits/history?userId=bob&order=desc', 'finance')
      ).json<CreditHistoryDto>();
      const line = lines.data.find(({ type, credits }) => type === 'deployment' && credits !== '0');
      const row = page
        .getByRole('row')
        .filter({ hasText: line?.id ?? '' })
        .first();
      await row.getByRole('link').first().click();
      const drawer = page.getByRole('dialog');
      await drawer.getByText('The credits', { exact: true }).waitFor();
      expect(new URL(page.url()).searchParams.get('deployment')).toBe(line?.id);
      await page.keyboard.press('Escape');
      await drawer.waitFor({ state: 'detached' }).catch(() => undefined);
      expect(new URL(page.url()).pathname).toBe('/customers/bob');
      expect(new URL(page.url()).search).toBe('');
    });

    it('is at the address that customers had before', async () => {
      const page = await world.visit('finance', 'customer=bob');
      await page.getByRole('heading', { name: 'bob', level: 1 }).waitFor();
      expect(new URL(page.url()).pathname).toBe('/customers/bob');
    });
  });
}

interface Sums {
  readonly deployments: number;
  readonly purchasedCredits: string;
  readonly grossRevenue: string;
  readonly revenue: string;
  readonly platformRevenue: string;
}

interface RevenueSummary {
  readonly data: readonly (Sums & { readonly key: string | null; readonly label: string })[];
  readonly totals: Sums;
}

function shownRow({ deployments, purchasedCredits, ...money }: Sums): string[] {
  const { grossRevenue, revenue, platformRevenue } = money;
  const amounts = [grossRevenue, revenue, platformRevenue].map((amount) => `$${withCents(amount)}`);
  return [String(deployments), purchasedCredits, ...amounts];
}

/** Available, free, purchased, unpaid. */
export function figures(page: Page): Promise<string[]> {
  return page.locator('.balance-figures dd > .amount').allTextContents();
}
