import type { Page } from 'playwright-core';
import type { Report } from '../support/revenue-client.js';
import { RANGE, settled, type PageWorld } from '../support/page-world.js';

/** The page for a partner: figures, filter, order, pages, explanation, export; and what partners cannot see. */
export function partnerPath(world: PageWorld): void {
  describe('a partner', () => {
    const report = async (query: string): Promise<Report> =>
      (await world.ask(`revenue?${query}`, 'partner')).json<Report>();

    it('sees the exact figures of the API, to the last digit', async () => {
      const page = await world.visit('partner', RANGE);
      const { totals, data } = await report(RANGE);
      expect(await figure(page, 'revenue')).toBe(`$${withCents(totals['revenue'])}`);
      expect(await figure(page, 'grossRevenue')).toBe(`$${withCents(totals['grossRevenue'])}`);
      expect(await figure(page, 'deployments')).toBe(String(totals.deployments));
      expect(await figure(page, 'purchasedCredits')).toBe(totals['purchasedCredits']);
      expect(await figure(page, 'freeCredits')).toBe(totals['freeCredits']);
      expect(await column(page, 'revenue')).toEqual(data.map(({ revenue }) => `$${withCents(revenue)}`));
      expect(await column(page, 'moduleName')).toEqual(data.map(({ moduleName }) => moduleName));
    });

    it('filters by module through the search, and the filter is in the address', async () => {
      const page = await world.visit('partner', RANGE);
      await page.getByRole('button', { name: /^Modules/ }).click();
      await page.getByRole('searchbox', { name: 'Search modules' }).fill('atl');
      await page.getByRole('checkbox', { name: 'Maps' }).first().waitFor({ state: 'detached' });
      await page.getByRole('checkbox', { name: /ätlas/ }).check();
      await page.keyboard.press('Escape');
      await settled(page);
      expect(new URL(page.url()).searchParams.getAll('moduleId')).toEqual(['a-atlas']);
      const { totals } = await report(`${RANGE}&moduleId=a-atlas`);
      expect(await figure(page, 'revenue')).toBe(`$${withCents(totals['revenue'])}`);
      await page.goBack();
      await settled(page);
      expect(await figure(page, 'deployments')).toBe(String((await report(RANGE)).totals.deployments));
    });

    it('sorts rows on the service, and pages in both directions', async () => {
      const page = await world.visit('partner', `${RANGE}&includeFree=true`);
      await page.getByRole('button', { name: 'Revenue', exact: true }).click();
      await settled(page);
      const query = `${RANGE}&includeFree=true&sort=revenue`;
      const first = await report(query);
      expect(await ids(page)).toEqual(first.data.map(({ deploymentId }) => deploymentId));
      expect(await page.locator('th[aria-sort="descending"]').textContent()).toMatch(/^Revenue/);
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByText(`51–${first.totals.deployments} of ${first.totals.deployments}`).waitFor();
      const second = await report(`${query}&cursor=${first.page.nextCursor}`);
      expect(await ids(page)).toEqual(second.data.map(({ deploymentId }) => deploymentId));
      await page.getByRole('button', { name: 'Previous' }).click();
      await page.getByText(`1–50 of ${first.totals.deployments}`).waitFor();
      expect(await ids(page)).toEqual(first.data.map(({ deploymentId }) => deploymentId));
    });

    it('opens an explanation with the keyboard only', async () => {
      const page = await world.visit('partner', RANGE);
      const { data } = await report(RANGE);
      const [row] = data;
      await page.locator('.rows-table .why').first().focus();
      await page.keyboard.press('Enter');
      const drawer = page.getByRole('dialog');
      await drawer.getByRole('heading', { name: 'What they cost' }).waitFor();
      expect(new URL(page.url()).searchParams.get('deployment')).toBe(row?.deploymentId);
      expect(await drawer.locator('.sentence').textContent()).toContain(`$${withCents(row?.revenue)}`);
      await page.keyboard.press('Escape');
      await drawer.waitFor({ state: 'hidden' });
      expect(await page.evaluate('document.activeElement.className')).toBe('why');
    });

    it('reads the chart with arrow keys and as a table', async () => {
      const page = await world.visit('partner', `${RANGE}&unit=month`);
      const { data } = (await world.ask(`revenue/summary?${RANGE}&groupBy=month`, 'partner')).json<{
        data: { revenue: string }[];
      }>();
      const chart = page.getByRole('slider', { name: /^Your revenue over time/ });
      await chart.focus();
      await page.keyboard.press('Home');
      for (const { revenue } of data) {
        expect(await chart.getAttribute('aria-valuetext')).toContain(`2026: $${withCents(revenue)}`);
        await page.keyboard.press('ArrowRight');
      }
      await page.getByRole('button', { name: 'Show as table' }).click();
      const cells = await page.locator('.chart tbody td').allTextContents();
      expect(cells).toEqual(data.map(({ revenue }) => `$${withCents(revenue)}`));
    });

    it('exports exactly the filtered rows as CSV', async () => {
      const page = await world.visit(
        'partner',
        `${RANGE}&moduleId=a-maps&moduleId=a-wide&sort=moduleName&order=asc`,
      );
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Export CSV' }).click();
      const file = await download;
      const api = await world.ask(
        `revenue?${RANGE}&moduleId=a-maps&moduleId=a-wide&sort=moduleName&order=asc&timeZone=UTC&format=csv`,
        'partner',
      );
      const chunks: Buffer[] = [];
      for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
      expect(Buffer.concat(chunks).toString('utf8')).toBe(api.text);
      expect(api.headers.get('content-disposition')).toContain(file.suggestedFilename());
      await page.getByText(`Saved ${file.suggestedFilename()}`).waitFor();
    });

    it('sees when the last revenue was if a range has none, and can open it', async () => {
      const page = await world.visit('partner', 'startDate=2020-01-01&endDate=2020-01-31');
      await page.getByText('No revenue in this range').waitFor();
      await page.getByRole('button', { name: /^Show the 30 days up to then/ }).click();
      await settled(page);
      const { data } = await report('limit=1');
      expect(await ids(page)).toContain(data[0]?.deploymentId);
    });

    it.each(['moduleId=b-solo', 'partnerId=bolt', 'owner=platform', 'moduleId=nobody'])(
      'sees no figures of others with %s in the address',
      async (foreign) => {
        const page = await world.visit('partner', `${RANGE}&${foreign}`);
        await page.getByRole('alert').waitFor();
        expect(await page.locator('.rows-table').count()).toBe(0);
        await page.getByRole('button', { name: 'Clear filter' }).last().click();
        await settled(page);
        expect(await figure(page, 'deployments')).toBe(String((await report(RANGE)).totals.deployments));
      },
    );

    it('cannot open deployments of other partners, customers and settings', async () => {
      const foreign = (await world.ask(`revenue?${RANGE}&partnerId=bolt&limit=1`, 'finance')).json<Report>();
      const page = await world.visit('partner', `${RANGE}&deployment=${foreign.data[0]?.deploymentId}`);
      await page.getByRole('dialog').getByText('No such deployment').waitFor();
      await page.goto(`${world.url}/?view=settings&customer=ann`);
      await settled(page);
      await page.getByRole('heading', { name: 'Your module revenue' }).waitFor();
      expect(await page.getByRole('dialog').count()).toBe(0);
      expect(await page.locator('body').textContent()).not.toMatch(/ann@customers|Settings/);
    });
  });
}

/** An amount as the page formats it: all its digits, at least the cents. */
export function withCents(amount = '0'): string {
  const [whole = '', fraction = ''] = amount.split('.');
  return `${whole}.${fraction.padEnd(2, '0')}`;
}

/** One of the figures at the top. */
export async function figure(page: Page, field: string): Promise<string | null> {
  return page.locator(`.figure.${field} .figure-value`).textContent();
}

function column(page: Page, id: string): Promise<string[]> {
  return page.locator(`.rows-table tbody .${id}`).allTextContents();
}

/** The deployment ids in the links of the rows. */
export async function ids(page: Page): Promise<(string | null)[]> {
  const links = await page.locator('.rows-table .why').all();
  const hrefs = await Promise.all(links.map((link) => link.getAttribute('href')));
  return hrefs.map((href) => new URLSearchParams(href ?? '').get('deployment'));
}
