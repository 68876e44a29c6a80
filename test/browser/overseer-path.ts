import type { Report } from '../support/revenue-client.js';
import { RANGE, settled, type PageWorld } from '../support/page-world.js';
import { figure, withCents } from './partner-path.js';

interface Named {
  readonly partnerName: string;
  readonly revenueThen: string;
}

/** The page for finance and admin, and for other callers. */
export function overseerPath(world: PageWorld): void {
  describe('finance', () => {
    it('sees all figures and the parts of each partner, and filters by partner', async () => {
      const page = await world.visit('finance', RANGE);
      const { totals } = (await world.ask(`revenue?${RANGE}`, 'finance')).json<Report>();
      expect(await figure(page, 'platformRevenue')).toBe(`$${withCents(totals['platformRevenue'])}`);
      const parts = (await world.ask(`revenue/summary?${RANGE}&groupBy=partner`, 'finance')).json<{
        data: { key: string | null; label: string; grossRevenue: string }[];
      }>();
      const amounts = await page.locator('.by-partner td.num:not(.part)').allTextContents();
      expect([...amounts].sort()).toEqual(
        parts.data.map(({ grossRevenue }) => `$${withCents(grossRevenue)}`).sort(),
      );
      const bolt = parts.data.find(({ key }) => key === 'bolt');
      await page.locator('.by-partner').getByRole('button', { name: bolt?.label }).click();
      await settled(page);
      expect(new URL(page.url()).searchParams.getAll('partnerId')).toEqual(['bolt']);
      expect(await figure(page, 'grossRevenue')).toBe(`$${withCents(bolt?.grossRevenue)}`);
    });

    it('opens the lots and the customer of a row', async () => {
      const page = await world.visit('finance', `${RANGE}&deployment=d-0010`);
      const drawer = page.getByRole('dialog');
      await drawer.getByText('back-2').waitFor();
      await drawer.getByRole('link', { name: 'bob' }).click();
      await page.getByRole('heading', { name: 'bob', level: 1 }).waitFor();
      expect(new URL(page.url()).pathname).toBe('/customers/bob');
      expect(await page.getByRole('dialog').count()).toBe(0);
      await page.getByText('buy-3-bob').first().waitFor();
    });

    it('can preview a share, but not change it', async () => {
      const page = await world.visit('finance', `view=settings&${RANGE}`);
      await page.getByLabel('Try a share, percent').fill('50');
      await page.getByText('Figures with a share of 50').waitFor();
      expect(await page.getByRole('button', { name: /Change/ }).count()).toBe(0);
    });
  });

  describe('an admin', () => {
    it('changes the share after a preview of its effect', async () => {
      const page = await world.visit('admin', `view=settings&${RANGE}`);
      await page.getByLabel('New share, percent').fill('42.5');
      await page.getByText('Figures with a share of 42.5').waitFor();
      await settled(page);
      const preview = await world.ask(
        `variables/partnerRevenueShare/preview?value=42.5&${RANGE}&timeZone=UTC`,
        'admin',
      );
      for (const { partnerName, revenueThen } of preview.json<{ data: Named[] }>().data) {
        const row = page.locator('.preview tr').filter({ hasText: partnerName });
        expect(await row.textContent()).toContain(`$${withCents(revenueThen)}`);
      }
      await page.getByRole('button', { name: 'Change …', exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
      expect(await share()).toBe('30');
      await page.getByRole('button', { name: 'Change …', exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Change the share' }).click();
      await page.getByText('Changed. Every report now uses').waitFor();
      expect(await share()).toBe('42.5');
      await settled(page);
      expect(await page.locator('.history tbody tr').first().textContent()).toMatch(/root.*30.*42\.5/);
    });

    it('does not overwrite another change: a conflict is shown, and the typed value stays', async () => {
      const page = await world.visit('admin', `view=settings&${RANGE}`);
      await page.getByLabel('New share, percent').fill('10');
      const theirs = await world.ask('variables/partnerRevenueShare', 'admin', {
        method: 'PUT',
        body: { value: '30' },
      });
      expect(theirs.status).toBe(200);
      await page.getByRole('button', { name: 'Change …', exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Change the share' }).click();
      await page.getByText('Nothing was overwritten').waitFor();
      expect(await share()).toBe('30');
      expect(await page.getByLabel('New share, percent').inputValue()).toBe('10');
      await page.getByRole('button', { name: 'Change …', exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Change the share' }).click();
      await page.getByText('Changed. Every report now uses').waitFor();
      expect(await share()).toBe('10');
      await world.ask('variables/partnerRevenueShare', 'admin', { method: 'PUT', body: { value: '30' } });
    });

    const share = async (): Promise<string> =>
      (await world.ask('variables/partnerRevenueShare', 'admin')).json<{ value: string }>().value;
  });

  describe('others', () => {
    it('a user sees its own credits and nothing else', async () => {
      const page = await world.visit('user', RANGE);
      await page.getByRole('heading', { name: 'Your credits' }).waitFor();
      const balance = (await world.ask('credits/balance', 'user')).json<{ total: string }>();
      expect(await page.locator('.balance-figures dd').first().textContent()).toBe(balance.total);
      expect(await page.getByRole('navigation', { name: 'Views' }).textContent()).toBe('');
    });

    it('opening the page leaves no refused attempt in the audit', async () => {
      const page = await world.tab();
      const refused: string[] = [];
      page.on('response', (answer) => {
        if (answer.status() >= 400) refused.push(`${answer.status()} ${answer.url()}`);
      });
      await world.enter(page, 'user', `${RANGE}&view=settings`);
      await page.getByRole('heading', { name: 'Your credits' }).waitFor();
      expect(refused).toEqual([]);
      const attempts = await world.ask('audit?actor=ann&outcome=refused', 'admin');
      expect(attempts.json()).toMatchObject({ data: [] });
    });

    it('an offline user gets a message, and the page continues when online', async () => {
      const page = await world.visit('partner', RANGE);
      await page.context().setOffline(true);
      await page.getByRole('checkbox', { name: 'Include deployments without revenue' }).check();
      await page.getByRole('heading', { name: 'You are offline' }).first().waitFor();
      await page.context().setOffline(false);
      await page.getByRole('heading', { name: 'Deployments' }).waitFor();
      await settled(page);
      expect(await page.getByRole('heading', { name: 'You are offline' }).count()).toBe(0);
    });
  });
}
