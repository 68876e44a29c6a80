import type { Page } from 'playwright-core';
import { RANGE, settled, type PageWorld, type Person } from '../support/page-world.js';
import { pdfSheets, type PdfSheet } from '../support/pdf-sheets.js';
import type { Report } from '../support/revenue-client.js';
import { JUNE } from './hard-names.js';

const SLOW_TEST_MS = 180_000;
const A4 = { short: 595, long: 842 };
/** 12 mm, minus rounding. */
const MARGIN_PT = 33;
const ALL_COLUMNS =
  'columns=createdAt,creditCost,revenue,grossRevenue,platformRevenue,freeCredits,purchasedCredits,unpaidCredits,refundedCredits,partner,customer,deploymentId';

/** The printed report: its content, its layout, and the note about what is printed. */
export function onPaper(world: PageWorld): void {
  describe('a printed report', () => {
    it(
      'has all rows of the filter, the head on each sheet and the totals at the end',
      async () => {
        const page = await visit('crowd', JUNE);
        await page.getByRole('button', { name: 'Print', exact: true }).click();
        await printed(page);
        const sheets = await paper(page);
        expect(isLandscape(sheets)).toBe(false);
        const all = linesOf(sheets);
        const start = sheets.findIndex((sheet) => solid(sheet).includes('All1,000deploymentsofthisfilter.'));
        expect(start).toBeGreaterThanOrEqual(0);
        const names = new Set(all.filter((text) => /^Module \d+$/.test(text)));
        for (let module = 7; module < 1_000; module += 1) expect(names).toContain(`Module ${module}`);
        const further = sheets.slice(start + 1);
        expect(further.length).toBeGreaterThan(5);
        for (const sheet of further) expect(solid(sheet)).toMatch(/^ModuleNameCreatedAtCreditCostRevenue/);
        const { totals } = (await world.ask(`revenue?${JUNE}&limit=1`, 'crowd')).json<Report>();
        const [last = '', ...before] = sheets.map(solid).reverse();
        expect(last.replaceAll(',', '')).toContain('Totalof1000deployments');
        expect(last.replaceAll(',', '')).toContain(totals['revenue']);
        for (const text of before) expect(text).not.toContain('Totalof1,000');
      },
      SLOW_TEST_MS,
    );

    it(
      'uses landscape for wide tables, and cuts no column off',
      async () => {
        const page = await visit('finance', `${RANGE}&includeFree=true&${ALL_COLUMNS}`);
        await page.keyboard.press('Control+p');
        await printed(page);
        const sheets = await paper(page);
        expect(isLandscape(sheets)).toBe(true);
        for (const { width, texts } of sheets) {
          for (const { text, x, width: wide } of texts) {
            expect([text, x >= MARGIN_PT, x + wide <= width - MARGIN_PT]).toEqual([text, true, true]);
          }
        }
        const { data } = (
          await world.ask(`revenue?${RANGE}&includeFree=true&limit=500`, 'finance')
        ).json<Report>();
        const all = linesOf(sheets);
        for (const { deploymentId } of data) expect(all).toContain(deploymentId);
        expect(all).toContain('Deployment ID');
      },
      SLOW_TEST_MS,
    );

    it(
      'has a note about what is printed if there are more than 2,000 rows',
      async () => {
        const page = await visit('crowd', JUNE);
        // Returns the same 500 rows repeatedly, like pages of a larger report.
        await page.route(/\/api\/revenue\?.*limit=500/, async (route) => {
          const url = new URL(route.request().url());
          url.searchParams.delete('cursor');
          const response = await route.fetch({ url: url.href });
          const report = (await response.json()) as Report;
          const totals = { ...report.totals, deployments: 5_310 };
          await route.fulfill({
            response,
            json: { ...report, totals, page: { ...report.page, nextCursor: 'more' } },
          });
        });
        await page.getByRole('button', { name: 'Print', exact: true }).click();
        await printed(page);
        expect(await page.locator('.paper-table tbody tr').count()).toBe(2_000);
        expect(await page.locator('.paper-note').textContent()).toBe(
          'The first 2,000 of 5,310 deployments in this order; 3,310 are not printed. Export CSV has all of them.',
        );
        expect(await page.locator('.paper-table tfoot').textContent()).toContain(
          'Total of 5,310 deployments',
        );
      },
      SLOW_TEST_MS,
    );

    it('has a note that it is only the page on the screen if printed from the browser’s menu', async () => {
      const page = await visit('crowd', `${JUNE}&${ALL_COLUMNS}`);
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByText('51–100 of 1,000').waitFor();
      const sheets = await paper(page);
      const words = sheets.flatMap(textsOf).join(' ');
      expect(words).toContain(
        'Only the page on the screen: 51 to 100 of 1,000 deployments; 950 are not printed.',
      );
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByText('101–150 of 1,000').waitFor();
      expect((await paper(page)).flatMap(textsOf).join(' ')).toContain('101 to 150 of 1,000');
    });

    it('is not printed if its rows could not be read, and never for the previous question', async () => {
      const page = await visit('partner', RANGE);
      await page.route(/limit=500/, (route) => route.abort());
      await page.getByRole('button', { name: 'Print', exact: true }).click();
      await page.getByText('could not be read, so nothing was printed').waitFor();
      await page.route(/\/api\/revenue\?/, () => undefined); // Never answered.
      await page.getByText('Include deployments without revenue').click();
      const print = page.getByRole('button', { name: 'Print', exact: true });
      expect(await print.getAttribute('aria-disabled')).toBe('true');
      const words = (await paper(page)).flatMap(textsOf).join(' ');
      expect(words).toContain('Still counting');
      expect(words).not.toContain('Gross revenue');
      expect(await page.evaluate('window.printed')).toBe(0);
    });

    async function visit(person: Person, query: string): Promise<Page> {
      const page = await world.tab();
      await page.addInitScript('window.printed = 0; window.print = () => { window.printed += 1; };');
      await world.enter(page, person, query);
      await settled(page);
      return page;
    }
  });
}

/** Waits until the page has opened the print dialog. */
async function printed(page: Page): Promise<void> {
  await page.getByText('Reading all rows to print').waitFor({ state: 'detached' });
  expect(await page.evaluate('window.printed')).toBe(1);
}

/** The sheets that a printer receives. */
async function paper(page: Page): Promise<PdfSheet[]> {
  return pdfSheets(await page.pdf({ format: 'A4', preferCSSPageSize: true }));
}

function isLandscape(sheets: readonly PdfSheet[]): boolean {
  const [{ width, height } = { width: 0, height: 0 }] = sheets;
  for (const sheet of sheets) expect([sheet.width, sheet.height]).toEqual([width, height]);
  expect([width, height].map(Math.floor).sort()).toEqual([A4.short, A4.long]);
  return width > height;
}

/** A sheet's text without spaces, because a PDF splits words and ligatures into parts. */
function solid(sheet: PdfSheet): string {
  return textsOf(sheet).join('').replaceAll(' ', '');
}

function textsOf(sheet: PdfSheet | undefined): string[] {
  return (sheet?.texts ?? []).map(({ text }) => text);
}

function linesOf(sheets: readonly PdfSheet[]): string[] {
  return sheets.flatMap(textsOf);
}
