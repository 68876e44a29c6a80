import type { Page } from 'playwright-core';
import { settled, type PageWorld } from '../support/page-world.js';
import type { TestRecord } from '../support/lines.js';

const MODULES = 1_000;
/** After the deployments of all other tests. */
export const JUNE = 'startDate=2026-06-01&endDate=2026-06-30';

/** Difficult names; the longest have the maximum length of the service. */
const NAMES = {
  endless: 'Supercalifragilistic'.repeat(10),
  wordy: 'one word more and '.repeat(12).slice(0, 200).trim(),
  arabic: 'وحدة الخرائط (2.0)',
  hebrew: 'מודול מפות 3!',
  mixed: 'Maps خرائط 地図 מפות v2',
  markup: '<img src=x onerror=alert(1)>',
  emoji: '🚀🧭🔥',
} as const;

/**
 * A partner with a thousand modules, each deployed once in June; those with difficult names are last and have the
 * highest revenue.
 */
export function crowd(): TestRecord[] {
  const hard = Object.values(NAMES);
  const minutes = (index: number): string => new Date(Date.UTC(2026, 5, 20) - index * 60_000).toISOString();
  return [
    { type: 'user', id: 'crowd', roles: ['partner'] },
    { type: 'user', id: 'dee', roles: ['user'] },
    {
      type: 'purchase',
      externalId: 'buy-crowd',
      userId: 'dee',
      credits: '1100',
      amount: '777.77',
      occurredAt: '2026-06-01T00:00:00Z',
    },
    ...Array.from({ length: MODULES }, (_, index) => ({
      type: 'module',
      id: `crowd-${index}`,
      partnerId: 'crowd',
      name: hard[index] ?? `Module ${index}`,
      creditCost: '1',
    })),
    ...Array.from({ length: MODULES }, (_, index) => ({
      type: 'deployment',
      id: `crowd-d-${index}`,
      userId: 'dee',
      moduleId: `crowd-${index}`,
      creditCost: index < hard.length ? '2' : '1',
      createdAt: minutes(index),
    })),
  ];
}

/** A thousand modules, with names of every length and script. */
export function hardNames(world: PageWorld): void {
  describe('a partner with a thousand modules and difficult names', () => {
    it('finds one of a thousand modules, and shows all of them in a list that scrolls', async () => {
      const page = await world.visit('crowd', JUNE);
      await page.getByRole('button', { name: `Show ${MODULES - 8} more` }).click();
      const list = page.getByRole('region', { name: 'By module, the whole list' });
      expect(await list.getByRole('rowheader').count()).toBe(MODULES);
      expect(await height(page, '.shares')).toBeLessThan(700);
      await page.getByRole('button', { name: /^Modules/ }).click();
      await page.getByRole('searchbox', { name: 'Search modules' }).fill('Module 987');
      await page.getByRole('checkbox', { name: 'Module 987' }).check();
      await page.keyboard.press('Escape');
      await settled(page);
      expect(await page.locator('.rows-table tbody .moduleName').allTextContents()).toEqual(['Module 987']);
    });

    it.each([
      ['wide', 1320],
      ['360 px', 360],
    ])('shows every name unchanged, in its own direction, and nothing wider than %s', async (_, width) => {
      const page = await world.visit('crowd', `${JUNE}&by=module`, { viewport: { width, height: 800 } });
      const shown = await page.locator('.rows-table tbody .moduleName').allTextContents();
      expect(shown.slice(0, 7)).toEqual(Object.values(NAMES));
      const fromTheRight = await page.locator('.rows-table tbody .moduleName bdi:dir(rtl)').allTextContents();
      expect(fromTheRight).toEqual([NAMES.arabic, NAMES.hebrew]);
      expect(
        await page.evaluate<number>(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        ),
      ).toBe(0);
    });

    it('limits long names to two lines, and fills the card with the chart', async () => {
      const page = await world.visit('crowd', `${JUNE}&by=module`);
      const name = page.locator('.share-table bdi', { hasText: NAMES.endless });
      expect((await name.boundingBox())?.height).toBeLessThan(60);
      const below = await page.evaluate<number>(
        `document.querySelector('.chart').getBoundingClientRect().bottom -
         document.querySelector('.uplot canvas').getBoundingClientRect().bottom`,
      );
      expect(below).toBeLessThan(24);
    });

    it('prints the user, the filter and all of the names, as a table in dark ink', async () => {
      const page = await world.visit('crowd', `${JUNE}&by=module&moduleId=crowd-0`, { colorScheme: 'dark' });
      // The width of A4 between the margins.
      await page.setViewportSize({ width: 700, height: 1000 });
      await page.emulateMedia({ media: 'print' });
      for (const seen of ['.who-id', '.pick-text', '.chart canvas', '.rows-table thead']) {
        expect([seen, await page.locator(seen).first().isVisible()]).toEqual([seen, true]);
      }
      for (const hidden of ['.tabs', '.export', '.pager', '.choices', '.rows .disclosure']) {
        expect([hidden, await page.locator(hidden).first().isVisible()]).toEqual([hidden, false]);
      }
      expect(await page.getByRole('button', { name: 'Sign out' }).isVisible()).toBe(false);
      expect(await page.evaluate(`getComputedStyle(document.querySelector('.rows-table td')).display`)).toBe(
        'table-cell',
      );
      expect(await page.evaluate(`getComputedStyle(document.body).color`)).toBe('rgb(23, 26, 33)');
      const cut = `(() => { const name = document.querySelector('.share-table bdi');
        return name.scrollHeight - name.clientHeight; })()`;
      expect(await page.evaluate<number>(cut)).toBeLessThanOrEqual(0);
    });
  });
}

async function height(page: Page, selector: string): Promise<number> {
  return (await page.locator(selector).boundingBox())?.height ?? 0;
}
