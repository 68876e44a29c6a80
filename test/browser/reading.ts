import type { Page } from 'playwright-core';
import { picos, type Report } from '../support/revenue-client.js';
import { RANGE, settled, type PageWorld } from '../support/page-world.js';
import { figure, withCents } from './partner-path.js';

interface Summary {
  readonly data: readonly { readonly key: string; readonly moduleId?: string; readonly revenue: string }[];
}

/** A zone in which late deployments of a UTC day belong to another day. */
const ZONE = 'Pacific/Auckland';
const FEBRUARY = 'startDate=2026-02-01&endDate=2026-02-28';
const MONTHS = ['January 2026', 'February 2026', 'March 2026', 'April 2026', 'May 2026'];

/** Ranges, their time zone, the period before, and the chart with pointer and keys. */
export function reading(world: PageWorld): void {
  const report = async (query: string): Promise<Report> =>
    (await world.ask(`revenue?${query}`, 'partner')).json<Report>();
  const summary = async (query: string): Promise<Summary['data']> =>
    (await world.ask(`revenue/summary?${query}`, 'partner')).json<Summary>().data;

  describe('the time zone of the days', () => {
    it('can be chosen in the page, and every figure equals the API’s for that zone', async () => {
      const page = await world.visit('partner', FEBRUARY);
      const inUtc = await report(FEBRUARY);
      expect(await figure(page, 'deployments')).toBe(String(inUtc.totals.deployments));
      await page.getByRole('button', { name: /^Range/ }).click();
      await page.getByLabel('Time zone of the days').selectOption(ZONE);
      await settled(page);
      expect(new URL(page.url()).searchParams.get('timeZone')).toBe(ZONE);
      const inZone = await report(`${FEBRUARY}&timeZone=${ZONE}`);
      expect(inZone.totals).not.toEqual(inUtc.totals);
      expect(await figure(page, 'deployments')).toBe(String(inZone.totals.deployments));
      expect(await figure(page, 'revenue')).toBe(`$${withCents(inZone.totals['revenue'])}`);
      expect(await page.locator('.subtitle').textContent()).toContain(ZONE);
      const last = inZone.data[0]?.createdAt ?? '';
      const local = new Intl.DateTimeFormat('en-US', {
        dateStyle: 'medium',
        timeStyle: 'short',
        timeZone: ZONE,
      });
      expect(await page.locator('td.createdAt').first().textContent()).toBe(local.format(new Date(last)));
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Show as table' }).click();
      const days = await summary(`${FEBRUARY}&timeZone=${ZONE}&groupBy=day`);
      expect(await page.locator('.chart tbody td').allTextContents()).toEqual(
        days.map(({ revenue }) => `$${withCents(revenue)}`),
      );
    });
  });

  describe('the change against the period before', () => {
    it.each([
      ['a whole month', FEBRUARY, 'startDate=2026-01-01&endDate=2026-01-31', FEBRUARY, 'in January 2026'],
      [
        'two dates',
        'startDate=2026-02-02&endDate=2026-02-15',
        'startDate=2026-01-19&endDate=2026-02-01',
        'startDate=2026-02-02&endDate=2026-02-15',
        'in the 14 days before',
      ],
      [
        'this month so far',
        'range=this-month',
        'startDate=2026-03-01&endDate=2026-03-15',
        'startDate=2026-04-01&endDate=2026-04-15',
        'on the same days of March 2026',
      ],
      [
        'the whole last month',
        'range=last-month',
        'startDate=2026-02-01&endDate=2026-02-28',
        'startDate=2026-03-01&endDate=2026-03-31',
        'in February 2026',
      ],
    ])('of %s equals that of the API’s figures', async (_, query, before, now, words) => {
      const page = await world.tab();
      await page.clock.setFixedTime('2026-04-15T12:00:00Z');
      await world.enter(page, 'partner', query);
      const [is, was] = [(await report(now)).totals, (await report(before)).totals];
      expect(await figure(page, 'revenue')).toBe(`$${withCents(is['revenue'])}`);
      for (const field of ['revenue', 'purchasedCredits']) {
        const text = (await page.locator(`.figure.${field} .change`).textContent()) ?? '';
        const [, direction, percent = ''] = /(up|down) ([\d,.]+)%/.exec(text) ?? [];
        const [a, b] = [picos(is[field] ?? '0'), picos(was[field] ?? '0')];
        expect([field, direction]).toEqual([field, a > b ? 'up' : 'down']);
        const change = Math.abs(Number(((a - b) * 1_000_000n) / b) / 10_000);
        expect(Math.abs(change - Number(percent.replace(',', '')))).toBeLessThanOrEqual(0.0501);
        expect(text).toContain(field === 'revenue' ? `from $${withCents(was[field])}` : `from ${was[field]}`);
        expect(text).toContain(words);
      }
    });

    it('is not shown for all time, which has no period before', async () => {
      const page = await world.visit('partner', 'range=all');
      expect(await page.locator('.change').allTextContents()).toEqual(['', '', '', '', '']);
    });
  });

  describe('a bar of the chart', () => {
    it('shows its exact figures under the pointer, and hides them after it has left', async () => {
      const page = await world.visit('partner', `${RANGE}&unit=month&before=false`);
      const months = await summary(`${RANGE}&groupBy=month`);
      for (const [place, { revenue }] of months.entries()) {
        await point(page, place, months.length);
        expect(await readout(page)).toEqual([MONTHS[place], `Your revenue$${withCents(revenue)}`]);
      }
      await page.mouse.move(0, 0);
      await page.locator('.readout').waitFor({ state: 'hidden' });
    });

    it('shows each module’s part and their sum, with the pointer and with arrow keys', async () => {
      const page = await world.visit('partner', `${RANGE}&unit=month&by=module&before=false`);
      const [months, parts] = [
        await summary(`${RANGE}&groupBy=month`),
        await summary(`${RANGE}&groupBy=month,module`),
      ];
      const expected = months.map(({ key, revenue }) => ({
        whole: `Your revenue$${withCents(revenue)}`,
        parts: parts
          .filter((one) => one.key === key && one.revenue !== '0')
          .map((one) => `$${withCents(one.revenue)}`)
          .sort(),
      }));
      const seen = async (): Promise<(typeof expected)[number]> => {
        const [, ...lines] = await readout(page);
        const amounts = lines.slice(0, -1).map((line) => line.slice(line.lastIndexOf('$')));
        return { whole: lines.at(-1) ?? '', parts: amounts.filter((one) => one !== '$0.00').sort() };
      };
      for (const [place, bar] of expected.entries()) {
        await point(page, place, expected.length);
        expect(await seen()).toEqual(bar);
      }
      await page.mouse.move(0, 0);
      await page.getByRole('slider', { name: /^Your revenue over time/ }).focus();
      await page.keyboard.press('End');
      for (const bar of [...expected].reverse()) {
        expect(await seen()).toEqual(bar);
        await page.keyboard.press('ArrowLeft');
      }
    });
  });

  describe('motion', () => {
    const MOVING = `[...document.querySelectorAll('*')].flatMap((element) =>
      [null, '::before', '::after'].map((part) => getComputedStyle(element, part)).filter((style) =>
        style.animationName !== 'none' || style.transitionDuration.split(', ').some((time) => time !== '0s') ||
        style.scrollBehavior === 'smooth').map(() => element.tagName + '.' + element.className))`;

    it('is off if the user prefers reduced motion', async () => {
      const page = await world.visit('partner', RANGE, { reducedMotion: 'no-preference' });
      await page.route('**/api/revenue/*', () => undefined); // Never answered: it keeps loading.
      await page.locator('.rows-table .why').first().click();
      await page.locator('dialog .ghost').waitFor();
      expect(await page.evaluate<string[]>(MOVING)).toContain('DIALOG.drawer');
      await page.emulateMedia({ reducedMotion: 'reduce' });
      expect(await page.evaluate<string[]>(MOVING)).toEqual([]);
    });
  });
}

/** Moves the pointer over a bar. */
async function point(page: Page, place: number, bars: number): Promise<void> {
  const { x, y, width, height } = (await page.locator('.u-over').boundingBox()) ?? {
    x: 0,
    y: 0,
    width: 0,
    height: 0,
  };
  await page.mouse.move(x + (width * (place + 0.5)) / bars, y + height / 2);
  await page.locator('.readout').waitFor();
}

/** The lines of the readout next to the bar. */
function readout(page: Page): Promise<string[]> {
  return page.locator('.readout p').allTextContents();
}
