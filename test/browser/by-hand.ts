import type { Locator, Page } from 'playwright-core';
import { RANGE, settled, type PageWorld } from '../support/page-world.js';

/** Clicks and taps on names next to checkboxes. */
export function byHand(world: PageWorld): void {
  describe.each([
    ['mouse', { hasTouch: false }, (what: Locator) => what.click()],
    [
      'finger',
      { hasTouch: true, isMobile: true, viewport: { width: 400, height: 800 } },
      (what: Locator) => what.tap(),
    ],
  ] as const)('a picker under a %s', (_, options, press) => {
    const open = async (page: Page, name: RegExp): Promise<Locator> => {
      const button = page.getByRole('button', { name });
      await press(button);
      return page.locator('.disclosure').filter({ has: page.locator('.panel:not([hidden])') });
    };

    it.each([
      [/^Modules/, /^Maps/, 'moduleId', ['a-maps']],
      [/^Partners/, /acme/, 'partnerId', ['acme']],
    ] as const)(
      '%s accepts a click on a name, and remains open for the next',
      async (button, name, parameter, ids) => {
        const page = await world.visit('finance', RANGE, options);
        const picker = await open(page, button);
        await press(picker.locator('.check-text bdi', { hasText: name }).first());
        await settled(page);
        expect(new URL(page.url()).searchParams.getAll(parameter)).toEqual(ids);
        expect(await picker.locator('.panel').isVisible()).toBe(true);
        await press(picker.locator('.check-text bdi', { hasText: name }).first());
        await settled(page);
        expect(new URL(page.url()).searchParams.getAll(parameter)).toEqual([]);
        expect(await picker.locator('.panel').isVisible()).toBe(true);
      },
    );

    it('of columns accepts a click on a name', async () => {
      const page = await world.visit('finance', RANGE, options);
      const picker = await open(page, /^Columns/);
      await press(picker.getByText('Deployment ID', { exact: true }));
      expect(new URL(page.url()).searchParams.get('columns')).toContain('deploymentId');
      expect(await picker.locator('.panel').isVisible()).toBe(true);
    });

    it('closes on a click elsewhere', async () => {
      const page = await world.visit('finance', RANGE, options);
      const picker = await open(page, /^Modules/);
      await press(page.getByRole('heading', { level: 1 }));
      expect(await picker.count()).toBe(0);
    });
  });
}
