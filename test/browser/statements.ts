import type { Page } from 'playwright-core';
import type { CurrentStandingDto, StatementDto } from '../../src/statements/http/dto/statement.dto.js';
import { settled, type PageWorld, type Person } from '../support/page-world.js';
import { pdfSheets, type PdfSheet } from '../support/pdf-sheets.js';
import { picos } from '../support/revenue-client.js';
import { doneAndLost } from './hold.js';
import { violationsIn } from './looks.js';
import { withCents } from './partner-path.js';

const CLOSINGS = /\/api\/statements\/closings$/;
const PAYMENTS = /\/payments$/;
const LOOKING_MS = 120_000;
/** A4 in points, and 12 mm less rounding. */
const A4 = { width: 595, margin: 33 };
const ID = 'acme.2026-01';

/** Closed months: closing them, paying them, and reading a statement, in the order of a platform's year. */
export function statementsPath(world: PageWorld): void {
  const ask = async <T>(path: string, person: Person = 'finance'): Promise<T> =>
    (await world.ask(path, person)).json<T>();
  const months = async (): Promise<string[]> =>
    (await ask<{ data: { month: string }[] }>('statements/closings')).data.map(({ month }) => month);
  const payouts = async (): Promise<{ partnerId: string; payable: string; open: string }[]> =>
    (await ask<{ data: { partnerId: string; payable: string; open: string }[] }>('payouts?month=2026-01'))
      .data;
  const statement = (): Promise<StatementDto> => ask<StatementDto>(`statements/${ID}`);

  it('a partner sees what is due in all before the first closing', async () => {
    const page = await world.visit('partner', '/statements');
    await page.getByRole('heading', { name: 'No month is closed yet' }).waitFor();
    const { due } = await ask<CurrentStandingDto>('statements/current', 'partner');
    expect(await hero(page)).toBe(`$${withCents(due)}`);
    expect(await page.getByRole('button', { name: /Preview|Close|Pay/ }).count()).toBe(0);
  });

  it(
    'finance previews and closes the first month, and the next one once although its answers are lost',
    async () => {
      const page = await world.visit('finance', '/statements');
      expect(await page.getByLabel('First month').inputValue()).toBe('2026-01');
      await press(page, 'Preview');
      await page.locator('.statements tfoot').waitFor();
      expect(await months()).toEqual([]);
      await press(page, 'Close January 2026 …');
      await inDialog(page, 'Close the month');
      await page.getByRole('link', { name: 'January 2026' }).waitFor();
      await press(page, 'Preview');
      await page.getByText(/moves most: due is .*, and was .* in January 2026\. Mostly by/).waitFor();
      expect(await violationsIn(page)).toEqual([]);
      await press(page, 'Close February 2026 …');
      await page.route(CLOSINGS, doneAndLost);
      await inDialog(page, 'Close the month');
      await page.getByRole('dialog').getByText('It is not known whether this was done').waitFor();
      await page.unroute(CLOSINGS);
      await inDialog(page, 'Ask again');
      await page.getByRole('link', { name: 'February 2026' }).waitFor();
      expect(await months()).toEqual(['2026-01', '2026-02']);
    },
    LOOKING_MS,
  );

  it(
    'finance pays a month in one go, nobody twice although an answer is lost, and takes a payment back',
    async () => {
      const page = await world.visit('finance', '/statements?month=2026-01');
      const before = await payouts();
      const open = before.filter((payout) => payout.open !== '0');
      expect(open.length).toBeGreaterThan(1);
      for (const box of await page.getByRole('checkbox').all()) await box.check();
      await press(page, /^Pay \d+ statements …/);
      await page.getByRole('dialog').getByRole('listitem').first().waitFor();
      expect(await payouts()).toEqual(before);
      await page.route(PAYMENTS, doneAndLost);
      await inDialog(page, /^Pay \d+ statements$/);
      await page.getByText('It is not known whether acme is paid').waitFor();
      await page.getByText(`${open.length - 1} ${open.length === 2 ? 'is' : 'are'} not sent yet.`).waitFor();
      expect(await violationsIn(page)).toEqual([]);
      await page.unroute(PAYMENTS);
      await inDialog(page, 'Ask again and go on');
      await page.getByText(`${open.length} statements are paid`).waitFor();
      await inDialog(page, 'Close');
      await settled(page);
      expect((await payouts()).map((payout) => payout.open)).toEqual(before.map(() => '0'));
      await page.locator('tr', { hasText: 'hello@acme.example' }).getByRole('button').click();
      await inDialog(page, 'Take it back');
      await page.getByText(/is open again/).waitFor();
      await settled(page);
      const after = await payouts();
      expect(after.filter((payout) => payout.open !== '0').map(({ partnerId }) => partnerId)).toEqual([
        'acme',
      ]);
      expect(await violationsIn(page)).toEqual([]);
    },
    LOOKING_MS,
  );

  it(
    'a partner reads a statement as a document, with the figures of the API and their sums by module',
    async () => {
      const page = await world.visit('partner', '/statements');
      await page.getByRole('link', { name: 'January 2026' }).click();
      await page.getByRole('heading', { name: 'Statement of January 2026' }).waitFor();
      await settled(page);
      expect(new URL(page.url()).pathname).toBe(`/statements/${ID}`);
      const known = await statement();
      for (const field of ['opening', 'revenue', 'due', 'payable', 'carried', 'paid', 'open'] as const) {
        const shown = await page.locator(`.balance-sheet .${field} dd`).textContent();
        expect([field, shown?.replace('-$', '$-')]).toEqual([field, `$${withCents(known[field])}`]);
      }
      expect(await page.locator('.digest').textContent()).toBe(known.digest);
      const { data } = await ask<{ data: { revenue: string }[] }>(`statements/${ID}/modules`, 'partner');
      const sums = page.getByRole('region', { name: 'By module' });
      expect(await sums.locator('tbody td.revenue').allTextContents()).toEqual(
        data.map(({ revenue }) => `$${withCents(revenue)}`),
      );
      expect(await sums.locator('tfoot td.revenue').textContent()).toBe(`$${withCents(known.revenue)}`);
      expect(await page.getByText('Taken back:').count()).toBe(1);
      expect(await page.getByRole('button', { name: /^Take back/ }).count()).toBe(0);
      expect(await violationsIn(page)).toEqual([]);
    },
    LOOKING_MS,
  );

  it('a statement prints on A4 without its controls, and its CSV is that of the API', async () => {
    const page = await world.visit('partner', `/statements/${ID}`);
    const download = page.waitForEvent('download');
    await press(page, 'Export CSV');
    expect((await download).suggestedFilename()).toContain(ID);
    const sheets = await pdfSheets(await page.pdf({ format: 'A4', preferCSSPageSize: true }));
    const words = sheets.map(({ texts }) => texts.map(({ text }) => text).join('')).join('');
    const { digest } = await statement();
    expect(words.replaceAll(' ', '')).toContain(digest);
    for (const control of ['Export CSV', 'Show more', 'All statements', 'Changes since']) {
      expect([control, words.includes(control)]).toEqual([control, false]);
    }
    expect(outside(sheets)).toEqual([]);
  });

  it('a statement prints on A4 in German, where words are longer', async () => {
    const page = await world.visit('partner', `/statements/${ID}`, { locale: 'de-DE' });
    await page.getByRole('heading', { name: 'Abrechnung Januar 2026' }).waitFor();
    expect(outside(await pdfSheets(await page.pdf({ format: 'A4', preferCSSPageSize: true })))).toEqual([]);
  });

  it(
    'what changes after the closing is shown with its cause: the entry to finance, its month to a partner',
    async () => {
      const body = { externalId: 'late', userId: 'ann', credits: '9', occurredAt: '2026-01-01T12:00:00Z' };
      expect((await world.ask('credits/awards', 'admin', { method: 'POST', body })).status).toBe(201);
      const page = await world.visit('finance', `/statements/${ID}`);
      const changes = page.getByRole('region', { name: 'Changes since the closing' }).last();
      await changes.getByText('next closing').first().waitFor();
      expect(await changes.locator('ul.causes').first().textContent()).toMatch(/^Award late of Jan 1, 2026/);
      const partner = await world.visit('partner', '/statements');
      await partner.getByText('Award of January 2026').first().waitFor();
      const { due } = await ask<CurrentStandingDto>('statements/current', 'partner');
      const { data } = await ask<{ data: StatementDto[] }>('statements', 'partner');
      const open = data.reduce((all, one) => all + picos(one.open), picos(due));
      expect(picos((await hero(partner)).replace(/[$,]/g, ''))).toBe(open);
      expect(await violationsIn(partner)).toEqual([]);
    },
    LOOKING_MS,
  );

  it('an unknown statement, and one of another partner, are not found', async () => {
    const page = await world.visit('partner', '/statements/bolt.2026-01');
    await page.getByRole('heading', { name: 'There is no statement bolt.2026-01' }).waitFor();
    await page.getByRole('link', { name: 'All statements' }).click();
    await page.getByRole('link', { name: 'January 2026' }).waitFor();
  });
}

function press(page: Page, name: string | RegExp): Promise<void> {
  return page.getByRole('button', { name }).first().click();
}

function inDialog(page: Page, name: string | RegExp): Promise<void> {
  return page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
}

/** The texts that are not whole on their sheet of A4. */
function outside(sheets: readonly PdfSheet[]): string[] {
  return sheets.flatMap(({ width, texts }) => {
    expect(Math.floor(width)).toBe(A4.width);
    const isWhole = (x: number, wide: number): boolean => x >= A4.margin && x + wide <= width - A4.margin;
    return texts.filter(({ x, width: wide }) => !isWhole(x, wide)).map(({ text }) => text);
  });
}

async function hero(page: Page): Promise<string> {
  return (await page.locator('.balance-figures .hero dd').textContent()) ?? '';
}
