import type { Page } from 'playwright-core';
import { RANGE, settled, type PageWorld } from '../support/page-world.js';
import { doneAndLost } from './hold.js';
import { violationsIn } from './looks.js';
import { figure, withCents } from './partner-path.js';

const SHARE = 'variables/partnerRevenueShare';
const SETTINGS = `/settings?${RANGE}`;

interface Step {
  readonly from: string | null;
  readonly value: string;
}

/** A share with dates: scheduled, seen on its line, taken back, and told in the report. */
export function shareSteps(world: PageWorld): void {
  const timeline = async (): Promise<(string | null)[][]> =>
    (await world.ask(SHARE, 'admin'))
      .json<{ timeline: Step[] }>()
      .timeline.map(({ from, value }) => [from?.slice(0, 10) ?? null, value]);
  const put = async (value: string, effectiveFrom?: string): Promise<void> => {
    const body = { value, effectiveFrom };
    expect((await world.ask(SHARE, 'admin', { method: 'PUT', body })).status).toBe(200);
  };
  const ask = async (page: Page, value: string, day: string): Promise<void> => {
    await page.getByLabel('New share, percent').fill(value);
    await page.getByLabel('From the day').fill(day);
  };
  const schedule = async (page: Page): Promise<void> => {
    await page.getByRole('button', { name: 'Schedule …' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Schedule the share' }).click();
  };
  const takeBack = async (page: Page, day: RegExp): Promise<void> => {
    await page
      .locator('.share-step', { hasText: day })
      .getByRole('button', { name: /^Take back/ })
      .click();
    await page.getByRole('dialog').getByRole('button', { name: 'Take back the step' }).click();
  };

  describe('the share over time', () => {
    beforeEach(() => put('30'));
    afterEach(() => put('30'));

    it('is scheduled from a day on, drawn on a line, and taken back', async () => {
      const page = await world.visit('admin', SETTINGS);
      expect(await page.locator('.share-line').count()).toBe(0);
      await ask(page, '27.5', '2099-07-01');
      await page.getByText('Figures with a share of 27.5 % from Jul 1, 2099 on').waitFor();
      await page.getByText('as if the share of Jul 1, 2099 held in all of it').waitFor();
      await schedule(page);
      await page.getByText(/Changed. Every report now uses 30.% until Jul 1, 2099, then 27.5.%/).waitFor();
      expect(await timeline()).toEqual([
        [null, '30'],
        ['2099-07-01', '27.5'],
      ]);
      const steps = page.locator('.share-step');
      expect(await steps.first().textContent()).toMatch(/^In force30.%until Jul 1, 2099/);
      expect(await steps.last().textContent()).toMatch(/^Scheduled27.5.%from Jul 1, 2099/);
      expect(await page.locator('.share-now').textContent()).toMatch(/^30/);
      expect(await page.locator('.history tbody tr').first().textContent()).toMatch(/27\.5.*Jul 1, 2099/);
      await takeBack(page, /Jul 1, 2099/);
      await page.locator('.share-line').waitFor({ state: 'detached' });
      expect(await timeline()).toEqual([[null, '30']]);
    });

    it('shows the effect of a step of the past, by its own days', async () => {
      await put('25', '2026-03-01');
      const page = await world.visit('admin', SETTINGS);
      await page
        .locator('.share-step', { hasText: 'from Mar 1, 2026' })
        .getByRole('button', { name: /^Effect/ })
        .click();
      await page.getByText(/Figures without the 25.% of Mar 1, 2026: with 30.% instead/).waitFor();
      await settled(page);
      const query = 'value=30&effectiveFrom=2026-03-01&startDate=2026-03-01&timeZone=UTC';
      const { totals } = (await world.ask(`${SHARE}/preview?${query}`, 'admin')).json<{
        totals: { revenueNow: string; revenueThen: string };
      }>();
      const sums = page.locator('.preview tfoot');
      expect(await sums.textContent()).toContain(`$${withCents(totals.revenueNow)}`);
      expect(await sums.textContent()).toContain(`$${withCents(totals.revenueThen)}`);
      expect(await violationsIn(page)).toEqual([]);
    });

    it('is not changed over the change of another admin, nor is a step taken back', async () => {
      await put('25', '2099-01-01');
      const page = await world.visit('admin', SETTINGS);
      await put('26', '2099-01-01');
      await takeBack(page, /Jan 1, 2099/);
      await page.getByText(/root changed the share meanwhile.*was not taken back/).waitFor();
      expect(await page.locator('.share-step').last().textContent()).toMatch(/26.%/);
      await put('24', '2099-01-01');
      await ask(page, '20', '2099-02-01');
      await schedule(page);
      await page.getByText(/your 20.% from Feb 1, 2099 on is not in force/).waitFor();
      expect(await timeline()).toEqual([
        [null, '30'],
        ['2099-01-01', '24'],
      ]);
    });

    it('tells what became of a change whose answer was lost', async () => {
      const page = await world.visit('admin', SETTINGS);
      await page.route(`**/api/${SHARE}`, doneAndLost);
      await ask(page, '22', '2099-01-01');
      await schedule(page);
      await page.getByText(/it was changed. Every report now uses 30.% until Jan 1, 2099/).waitFor();
      await page.route(`**/api/${SHARE}/steps/*`, (route) => route.abort('connectionreset'));
      await takeBack(page, /Jan 1, 2099/);
      await page.getByText('The step of Jan 1, 2099 was not taken back.').waitFor();
      await page.unroute(`**/api/${SHARE}/steps/*`);
      await page.route(`**/api/${SHARE}/steps/*`, doneAndLost);
      await takeBack(page, /Jan 1, 2099/);
      await page.getByText(/it was changed. Every report now uses 30.%, set by root/).waitFor();
      expect(await timeline()).toEqual([[null, '30']]);
    });

    it('is told in the report where it changes, and in an explanation', async () => {
      await put('25', '2026-03-01');
      const page = await world.visit('partner', RANGE);
      await page.getByText(/your share of gross: 30.% until Mar 1, 2026, then 25.%/).waitFor();
      const { totals } = (await world.ask(`revenue?${RANGE}&timeZone=UTC`, 'partner')).json<{
        totals: { revenue: string };
      }>();
      expect(await figure(page, 'revenue')).toBe(`$${withCents(totals.revenue)}`);
      await page.locator('.rows-table tbody tr').first().getByRole('link').first().click();
      await page.getByText(/The share over time: 30.% until Mar 1, 2026, then 25.%\./).waitFor();
    });
  });
}
