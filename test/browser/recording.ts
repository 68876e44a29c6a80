import type { Page } from 'playwright-core';
import type { CreditBalanceDto } from '../../src/credits/http/dto/credit-balance.dto.js';
import type { CreditHistoryDto } from '../../src/credits/http/dto/credit-history.dto.js';
import type { TestRecord } from '../support/lines.js';
import { settled, type PageWorld } from '../support/page-world.js';
import { figures } from './customers.js';
import { doneAndLost, hold } from './hold.js';

const AWARDS = /\/api\/credits\/awards(\?|$)/;
const NOT_KNOWN = 'It is not known whether this was done';

/** Customers for the tests that record something; `poor` owes credits for a module of acme. */
export function customersOfRecording(): TestRecord[] {
  return [
    ...['rich', 'lost', 'late', 'many-1', 'many-2'].map((id) => ({ type: 'user', id, roles: ['user'] })),
    { type: 'user', id: 'poor', name: 'Poor Debtor', roles: ['user'] },
    {
      type: 'deployment',
      id: 'd-poor',
      userId: 'poor',
      moduleId: 'a-maps',
      creditCost: '4',
      createdAt: '2026-02-01T00:00:00Z',
    },
  ];
}

/** Recording awards, purchases and refunds. */
export function recording(world: PageWorld): void {
  const balance = async (userId: string): Promise<CreditBalanceDto> =>
    (await world.ask(`credits/balance?userId=${userId}`, 'finance')).json<CreditBalanceDto>();
  const history = async (userId: string): Promise<CreditHistoryDto['data']> =>
    (await world.ask(`credits/history?userId=${userId}&order=desc`, 'finance')).json<CreditHistoryDto>().data;
  const open = async (userId: string, button: RegExp): Promise<Page> => {
    const page = await world.visit('finance', `/customers/${userId}`);
    await page.getByRole('button', { name: button }).first().click();
    await page.getByRole('dialog').waitFor();
    return page;
  };
  const action = (page: Page, name: string): ReturnType<Page['getByRole']> =>
    page.getByRole('dialog').getByRole('button', { name, exact: true });
  const type = (page: Page, label: string, value: string): Promise<void> =>
    page.getByRole('dialog').getByLabel(label, { exact: true }).fill(value);
  const effect = (page: Page): ReturnType<Page['locator']> => page.locator('.effect');

  describe('an award', () => {
    it('is previewed, recorded by the keyboard alone, and shown at once', async () => {
      const page = await world.visit('finance', '/customers/rich');
      await page.getByRole('button', { name: /^Award credits/ }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Award credits to rich' }).waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.type('12.5');
      await effect(page).getByText('0 → becomes 12.5').first().waitFor();
      expect((await balance('rich')).total).toBe('0');
      await page.keyboard.press('Tab');
      await page.getByRole('dialog').getByLabel('Last day', { exact: true }).fill('2031-03-31');
      await type(page, 'Reason', 'Sorry');
      await page.waitForResponse((response) => /preview=true/.test(response.url()));
      await settled(page);
      await page.keyboard.press('Enter');
      await page.getByText('Recorded. Credits of rich now: 12.5.').waitFor();
      await settled(page);
      expect((await figures(page))[0]).toBe('12.5');
      expect(await history('rich')).toMatchObject([
        { type: 'award', credits: '12.5', expiresAt: '2031-04-01T00:00:00Z', reason: 'Sorry' },
      ]);
      expect(await page.evaluate('document.activeElement.textContent')).toMatch(/^Award credits/);
    });

    it('cannot be sent before the preview of what is typed is there', async () => {
      const page = await open('late', /^Award credits/);
      await type(page, 'Credits', '5');
      await effect(page).getByText('0 → becomes 5').first().waitFor();
      const release = await hold(page, /preview=true/);
      await type(page, 'Credits', '50');
      expect(await action(page, 'Award').getAttribute('aria-disabled')).toBe('true');
      await action(page, 'Award').click({ force: true });
      release();
      await effect(page).getByText('0 → becomes 50').first().waitFor();
      expect(await action(page, 'Award').getAttribute('aria-disabled')).toBe(null);
      await type(page, 'Credits', '1,000');
      await page.getByText('A number above 0 such as 12 or 12.5').waitFor();
      expect(await action(page, 'Award').getAttribute('aria-disabled')).toBe('true');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(await history('late')).toEqual([]);
    });

    it('whose answers are lost is not known, and recorded once if it is asked about again', async () => {
      const page = await open('lost', /^Award credits/);
      await type(page, 'Credits', '7');
      await effect(page).waitFor();
      await page.route(AWARDS, doneAndLost);
      await action(page, 'Award').click();
      await page.getByText(NOT_KNOWN).waitFor();
      expect(await page.getByText(/nothing (was|is)/i).count()).toBe(0);
      await page.unroute(AWARDS);
      await action(page, 'Ask again').click();
      await page.getByText('Recorded. Credits of lost now: 7.').waitFor();
      expect(await history('lost')).toHaveLength(1);
    });

    it('whose answer breaks off is asked about again at once, and recorded once', async () => {
      const page = await open('lost', /^Award credits/);
      await type(page, 'Credits', '1');
      await effect(page).getByText('7 → becomes 8').first().waitFor();
      let isFirst = true;
      await page.route(AWARDS, async (route) => {
        if (!isFirst) return route.continue();
        isFirst = false;
        return doneAndLost(route);
      });
      await action(page, 'Award').click();
      await page.getByText('Recorded. Credits of lost now: 8.').waitFor();
      expect(await history('lost')).toHaveLength(2);
    });

    it('that the service refuses says so, with its reason', async () => {
      const page = await open('late', /^Award credits/);
      await type(page, 'Credits', '5');
      await effect(page).waitFor();
      await page.route(AWARDS, (route) =>
        route.continue({ postData: JSON.stringify({ userId: 'stranger', credits: '5' }) }),
      );
      await action(page, 'Award').click();
      await page.getByText(/Nothing was changed\. .*stranger/).waitFor();
      expect(await history('late')).toEqual([]);
    });
  });

  describe('a purchase', () => {
    it('shows before it is recorded which debts it settles, and whose revenue changes', async () => {
      const page = await open('poor', /^Record a purchase/);
      await type(page, 'Credits', '10');
      await type(page, 'Money paid', '25');
      await effect(page).getByText('4 → becomes 0').waitFor();
      await effect(page).getByText('0 → becomes 6').first().waitFor();
      await effect(page).getByText('The customer pays $25.00.').waitFor();
      await effect(page).getByText('Older debts that are settled: 1, with credits: 4.').waitFor();
      const change = effect(page).getByRole('listitem');
      await change.getByText('Maps, "big" ones').waitFor();
      await change.getByText('hello@acme.example').waitFor();
      expect(await change.textContent()).toContain('+$10.00');
      await action(page, 'Record the purchase').click();
      await page.getByText('Recorded. Credits of Poor Debtor now: 6.').waitFor();
      expect(await balance('poor')).toMatchObject({ purchased: '6', unpaid: '0' });
    });

    it('is refunded from its lot, as much as is left', async () => {
      const page = await world.visit('finance', '/customers/poor');
      await page
        .getByRole('table', { name: /^Lots/ })
        .getByRole('button', { name: /^Refund/ })
        .click();
      await effect(page).getByText('The customer gets $15.00 back.').waitFor();
      await type(page, 'Credits', '6.5');
      await page.getByRole('dialog').getByRole('alert').getByText(/6/).first().waitFor();
      expect(await action(page, 'Refund').getAttribute('aria-disabled')).toBe('true');
      await type(page, 'Credits', '2');
      await effect(page).getByText('The customer gets $5.00 back.').waitFor();
      await action(page, 'Refund').click();
      await page.getByText('Recorded. Credits of Poor Debtor now: 4.').waitFor();
    });
  });

  describe('a refund of a deployment', () => {
    it('is in its line of the history, and shows whose revenue it takes', async () => {
      const page = await world.visit('finance', '/customers/poor', {
        viewport: { width: 360, height: 740 },
        hasTouch: true,
      });
      await page.getByRole('button', { name: /^Refund … d-poor/ }).tap();
      await effect(page).getByText('4 → becomes 8').first().waitFor();
      expect(await effect(page).getByRole('listitem').textContent()).toContain('-$10.00');
      await action(page, 'Refund').tap();
      await page.getByText('Recorded. Credits of Poor Debtor now: 8.').waitFor();
      await page.getByRole('link', { name: 'd-poor' }).waitFor();
    });
  });

  describe('one award to many', () => {
    const start = async (page: Page): Promise<void> => {
      await page.getByRole('button', { name: /^Award many/ }).click();
      const find = page.getByRole('combobox', { name: 'Find a customer' });
      for (const id of ['many-1', 'many-2']) {
        await find.fill(id);
        await page.getByRole('option', { name: id }).click();
      }
      await type(page, 'Credits for each', '3');
      await page.getByText('Credits for each of 2 customers: 3. In all: 6.').waitFor();
    };

    it('is started for chosen customers, and its progress can be reloaded', async () => {
      const page = await world.visit('finance', '/customers');
      await start(page);
      await page.getByRole('button', { name: 'Remove many-2' }).click();
      await page.getByText('Credits for one customer: 3.').waitFor();
      await action(page, 'Start the awards').click();
      await page.getByText('1 of 1 recorded').waitFor();
      await page.reload();
      await page.getByText(/1 of 1 recorded\. Finished/).waitFor();
      expect((await balance('many-1')).total).toBe('3');
      expect((await balance('many-2')).total).toBe('0');
    });

    it('whose answers are lost shows its progress, and happens once', async () => {
      const page = await world.visit('finance', '/customers');
      await start(page);
      await page.route(/awards\/batches$/, doneAndLost);
      await action(page, 'Start the awards').click();
      await page.getByText(NOT_KNOWN).waitFor();
      await action(page, 'Cancel').click();
      await page.getByText(/2 of 2 recorded\. Finished/).waitFor();
      expect((await balance('many-2')).total).toBe('3');
    });
  });

  describe('a caller who earns revenue', () => {
    it('reads customers, and is offered nothing to record', async () => {
      const page = await world.tab();
      await page.route('**/api/auth/me', async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, json: { ...((await response.json()) as object), earns: true } });
      });
      await world.enter(page, 'finance', '/customers/poor');
      await page.getByText('Callers who earn revenue cannot record credits.').waitFor();
      expect(await page.getByRole('button', { name: /Award|Record|Refund/ }).count()).toBe(0);
    });
  });
}
