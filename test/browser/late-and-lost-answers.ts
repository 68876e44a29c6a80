import type { Page, Route } from 'playwright-core';
import { RANGE, settled, type PageWorld } from '../support/page-world.js';
import { doneAndLost, hold } from './hold.js';

const REPORT = /\/api\/revenue\?(?!.*format=csv)/;
const SHARE = 'variables/partnerRevenueShare';

/** The page with late, lost or refused responses. */
export function lateAndLostAnswers(world: PageWorld): void {
  describe('the button Export CSV', () => {
    it('belongs to the report on the screen: it waits until a new report is loaded', async () => {
      const page = await world.visit('finance', RANGE);
      const answer = await hold(page, REPORT);
      await page.locator('.by-partner').getByRole('button').first().click();
      const [partner = ''] = new URL(page.url()).searchParams.getAll('partnerId');
      expect(await exportIsOffered(page)).toBe(false);
      const files: string[] = [];
      page.on('download', (file) => files.push(file.suggestedFilename()));
      await page.getByRole('button', { name: 'Export CSV' }).click({ force: true });
      answer();
      await settled(page);
      expect(files).toEqual([]);
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Export CSV' }).click();
      expect((await download).suggestedFilename()).toContain(`_${partner}_`);
    });

    it('is disabled after a failed report, until the report is loaded', async () => {
      const page = await world.visit('finance', RANGE);
      await page.route(REPORT, (route) => route.abort());
      await page.getByText('Include deployments without revenue').click();
      await page.getByRole('heading', { name: 'The service does not answer' }).first().waitFor();
      expect(await exportIsOffered(page)).toBe(false);
      await page.unroute(REPORT);
      await page.getByRole('button', { name: 'Try again' }).first().click();
      await page.locator('.rows-table').waitFor();
      await settled(page);
      expect(await exportIsOffered(page)).toBe(true);
    });

    it.each([
      '&partnerId=acme&timeZone=Asia%2FTokyo',
      '&moduleId=a-maps&moduleId=a-wide&includeFree=true',
      '&owner=platform',
    ])('names the file like the service, if the browser asks first: %s', async (filter) => {
      const page = await world.tab();
      await page.addInitScript(`window.showSaveFilePicker = ({ suggestedName }) => {
        window.asked = suggestedName;
        return Promise.reject(new DOMException('Closed.', 'AbortError'));
      };`);
      await page.route(REPORT, async (route) => {
        const response = await route.fetch();
        const report = (await response.json()) as { totals: { deployments: number } };
        report.totals.deployments = 150_000;
        await route.fulfill({ response, json: report });
      });
      await world.enter(page, 'finance', `${RANGE}${filter}`);
      await page.getByRole('button', { name: 'Export CSV' }).click();
      await page.getByText('Export cancelled.').waitFor();
      const zone = filter.includes('timeZone') ? '' : '&timeZone=UTC';
      const { headers } = await world.ask(`revenue?${RANGE}${filter}${zone}&format=csv`, 'finance');
      expect(headers.get('content-disposition')).toContain(
        `"${await page.evaluate<string>('window.asked')}"`,
      );
    });
  });

  describe('a change of the share with a lost response', () => {
    const share = async (): Promise<string> =>
      (await world.ask(SHARE, 'admin')).json<{ value: string }>().value;
    const change = async (page: Page, value: string): Promise<void> => {
      await page.getByLabel('New share, percent').fill(value);
      await page.getByRole('button', { name: 'Change …', exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Change the share' }).click();
    };
    afterEach(async () => {
      await world.ask(SHARE, 'admin', { method: 'PUT', body: { value: '30' } });
    });

    it('succeeded: the page reads the share again and reports it', async () => {
      const page = await world.visit('admin', `view=settings&${RANGE}`);
      await page.route(`**/api/${SHARE}`, doneAndLost);
      await change(page, '44');
      await page.getByText('it was changed. Every report now uses 44').waitFor();
      expect(await share()).toBe('44');
      expect(await page.locator('.share-now').textContent()).toMatch(/^44/);
      expect(await page.getByText('Nothing was changed').count()).toBe(0);
      await page.unroute(`**/api/${SHARE}`);
      await change(page, '45');
      await page.getByText('Changed. Every report now uses 45').waitFor();
    });

    it.each([
      ['an answer that breaks off', (route: Route) => route.fulfill({ status: 200, body: '{"key":' })],
      ['a proxy that gives up', (route: Route) => route.fulfill({ status: 504, body: '<html>' })],
    ])('failed: after %s the page shows the share in force', async (_, lose) => {
      const page = await world.visit('admin', `view=settings&${RANGE}`);
      await page.route(`**/api/${SHARE}`, (route) =>
        route.request().method() === 'PUT' ? lose(route) : route.continue(),
      );
      await change(page, '44');
      await page.getByText(/the share was read again: 30.% is in force.*Your 44.% is not/).waitFor();
      expect(await page.locator('.share-now').textContent()).toMatch(/^30/);
    });

    it('is reported as unknown if the share cannot be read again, until it can', async () => {
      const page = await world.visit('admin', `view=settings&${RANGE}`);
      await page.route(`**/api/${SHARE}`, (route) =>
        route.request().method() === 'PUT' ? doneAndLost(route) : route.abort(),
      );
      await change(page, '44');
      await page.getByText(/It is not known whether the share is 44/).waitFor();
      await page.unroute(`**/api/${SHARE}`);
      await page.getByRole('button', { name: 'Read it again' }).click();
      await page.getByText('it was changed. Every report now uses 44').waitFor();
    });

    it('reports that nothing was changed if the service has refused it', async () => {
      const page = await world.visit('admin', `view=settings&${RANGE}`);
      await page.route(`**/api/${SHARE}`, (route) =>
        route.request().method() === 'PUT' ? route.continue({ postData: '{"value":"x"}' }) : route.continue(),
      );
      await change(page, '44');
      await page.getByText('Nothing was changed.').waitFor();
      expect(await share()).toBe('30');
    });
  });

  describe('an invalid time zone in the address', () => {
    it.each(['Mars/Olympus', 'utc', '+05:30'])(
      '%s is reported, and cleared by Clear filter',
      async (zone) => {
        const page = await world.visit('partner', `${RANGE}&timeZone=${encodeURIComponent(zone)}`);
        await page
          .getByRole('alert')
          .getByText(/time ?zone/i)
          .first()
          .waitFor();
        expect(await page.getByText('The page made a mistake').count()).toBe(0);
        expect(await exportIsOffered(page)).toBe(false);
        await page.getByRole('button', { name: 'Clear filter' }).last().click();
        await page.locator('.rows-table').waitFor();
        await settled(page);
        expect(new URL(page.url()).search).toBe(`?${RANGE}`);
        expect(await exportIsOffered(page)).toBe(true);
      },
    );

    it('is cleared in the settings too', async () => {
      const page = await world.visit('finance', `view=settings&${RANGE}&timeZone=Mars%2FOlympus`);
      await page.getByRole('button', { name: 'Clear filter' }).click();
      await page.locator('.preview table').waitFor();
    });
  });
}

async function exportIsOffered(page: Page): Promise<boolean> {
  return (await page.getByRole('button', { name: 'Export CSV' }).getAttribute('aria-disabled')) !== 'true';
}
