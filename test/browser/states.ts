import { RANGE, settled, type PageWorld } from '../support/page-world.js';

/** Half a second for each answer: a slow line. */
const SLOW_MS = 500;
/** What counts as good; layout that jumps is a hundred times that. */
const STEADY = 0.05;

const WATCH_SHIFTS = `
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) window.shifted += value;
  }).observe({ type: 'layout-shift', buffered: true });
`;

/** What a page is like while it waits, and where answers do not come. */
export function states(world: PageWorld): void {
  describe('a page that waits', () => {
    it('fills in on a slow line without jumping', async () => {
      const page = await world.visit('partner');
      await page.addInitScript(WATCH_SHIFTS);
      await page.route('**/api/**', async (route) => {
        await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
        await route.continue();
      });
      await page.goto(`${world.url}/?${RANGE}`);
      await settled(page);
      await page.locator('.share-table').waitFor();
      await page.locator('.uplot').waitFor();
      expect(await page.evaluate<number>('window.shifted')).toBeLessThan(STEADY);
    });

    it('says when to try again where the service is not available, and tries', async () => {
      const page = await world.visit('partner', RANGE);
      await page.route('**/api/revenue?*', (route) =>
        route.fulfill({ status: 503, headers: { 'Retry-After': '7' }, json: { title: 'Down', status: 503 } }),
      );
      await page.getByRole('checkbox', { name: 'Include deployments without revenue' }).check();
      await page.getByText('Try again in 7 seconds').first().waitFor();
      await page.unroute('**/api/revenue?*');
      await page.getByRole('button', { name: 'Try again' }).first().click();
      await page.locator('.rows-table').waitFor();
    });

    it('shows how far a big export is, and ends it when asked to', async () => {
      const page = await world.visit('partner', RANGE);
      let goOn = (): void => undefined;
      const held = new Promise<void>((resolve) => (goOn = resolve));
      await page.route('**/api/revenue?*format=csv*', async (route) => {
        await held;
        await route.continue().catch(() => undefined);
      });
      await page.getByRole('button', { name: 'Export CSV' }).click();
      await page.getByRole('progressbar', { name: 'Export' }).waitFor();
      await page.getByText(/^0 of \d+ rows/).waitFor();
      await page.getByRole('button', { name: 'Cancel export' }).click();
      await page.getByText('Export cancelled.').waitFor();
      goOn();
    });
  });
}
