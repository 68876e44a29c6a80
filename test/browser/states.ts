import { RANGE, type PageWorld } from '../support/page-world.js';

/** Added to each response: a slow connection. */
const SLOW_MS = 300;
/** The limit of a good layout shift; a jumping layout has a hundred times more. */
const STEADY = 0.05;

const WATCH_SHIFTS = `
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) window.shifted += value;
  }).observe({ type: 'layout-shift', buffered: true });
`;

/** Loading pages, and responses that do not come. */
export function states(world: PageWorld): void {
  describe('a loading page', () => {
    it('loads on a slow connection without layout shifts', async () => {
      const page = await world.tab();
      await page.addInitScript(WATCH_SHIFTS);
      await page.route('**/api/**', async (route) => {
        await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
        await route.continue();
      });
      await world.enter(page, 'partner', RANGE);
      await page.locator('.share-table').waitFor();
      await page.locator('.uplot').waitFor();
      expect(await page.evaluate<number>('window.shifted')).toBeLessThan(STEADY);
    });

    it('shows when to try again if the service is not available, and tries', async () => {
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

    it('shows the progress of a large export, and cancels it on request', async () => {
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
