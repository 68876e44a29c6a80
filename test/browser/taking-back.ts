import type { Page } from 'playwright-core';
import type { CreditBalanceDto } from '../../src/credits/http/dto/credit-balance.dto.js';
import type { CreditHistoryDto } from '../../src/credits/http/dto/credit-history.dto.js';
import type { TestRecord } from '../support/lines.js';
import type { PageWorld } from '../support/page-world.js';
import { doneAndLost } from './hold.js';
import { violationsIn } from './looks.js';

/** A customer who bought 10 credits for 20 dollars, and used 6 of them for a module of acme. */
export function customerOfTakingBack(): TestRecord[] {
  return [
    { type: 'user', id: 'taker', name: 'Tom Taker', roles: ['user'] },
    {
      type: 'purchase',
      externalId: 'buy-taker',
      userId: 'taker',
      credits: '10',
      amount: '20',
      occurredAt: '2026-02-01T00:00:00Z',
    },
    {
      type: 'deployment',
      id: 'd-taker',
      userId: 'taker',
      moduleId: 'a-maps',
      creditCost: '6',
      createdAt: '2026-02-02T00:00:00Z',
    },
  ];
}

/** Money that was taken back, and that came back. */
export function takingBack(world: PageWorld): void {
  const balance = async (): Promise<CreditBalanceDto> =>
    (await world.ask('credits/balance?userId=taker', 'finance')).json<CreditBalanceDto>();
  const newest = async (): Promise<CreditHistoryDto['data'][number] | undefined> =>
    (await world.ask('credits/history?userId=taker&order=desc', 'finance')).json<CreditHistoryDto>().data[0];
  const action = (page: Page, name: string): ReturnType<Page['getByRole']> =>
    page.getByRole('dialog').getByRole('button', { name, exact: true });

  describe('money of a purchase', () => {
    it('that was taken back is recorded from its lot, after a preview of whose revenue it takes', async () => {
      const page = await world.visit('finance', '/customers/taker');
      await page
        .getByRole('table', { name: /^Lots/ })
        .getByRole('button', { name: 'Taken back … buy-taker' })
        .click();
      const effect = page.locator('.effect');
      await effect.getByText('$20.00 was taken back.').waitFor();
      await effect.getByText('4 → becomes 0').first().waitFor();
      await effect.getByText('0 → becomes 6').waitFor();
      expect(await effect.getByRole('listitem').textContent()).toMatch(/hello@acme\.example.*-\$12\.00/);
      await page.getByLabel('Why it was taken back').selectOption({ label: 'chargeback' });
      await page.waitForResponse((response) => /preview=true/.test(response.url()));
      expect(await violationsIn(page)).toEqual([]);
      expect((await balance()).total).toBe('4');
      await action(page, 'Record that it was taken back').click();
      await page.getByText('Recorded. Credits of Tom Taker now: 0.').waitFor();
      expect(await balance()).toMatchObject({ total: '0', unpaid: '6' });
      const line = page.getByRole('row').filter({ hasText: 'Payment taken back' });
      expect(await line.textContent()).toMatch(/buy-taker.*chargeback/);
      expect(await newest()).toMatchObject({ type: 'purchaseReversal', reason: 'chargeback' });
    });

    it('is named in the explanation of the deployment, for a partner without its ids', async () => {
      const page = await world.visit('finance', '/customers/taker?deployment=d-taker');
      const events = page.locator('dialog .events');
      await events.getByText('Payment taken back').waitFor();
      expect(await events.textContent()).toMatch(
        /6 credits are unpaid again.*\$12\.00 no longer counts.*payment of buy-taker, chargeback/,
      );
      const own = await world.visit('partner', 'range=all&includeFree=true&deployment=d-taker');
      await own.locator('dialog .events').getByText('Payment taken back').waitFor();
      const told = await own.locator('dialog .events').textContent();
      expect(told).toMatch(/6 credits are unpaid again/);
      expect(told).not.toMatch(/buy-taker|chargeback/);
    });

    it('that came back is recorded from its line, once even if the answer is lost', async () => {
      const page = await world.visit('finance', '/customers/taker');
      await page.getByRole('button', { name: /^Came back …/ }).click();
      await page.locator('.effect').getByText('$20.00 came back.').waitFor();
      await page.route(/\/release$/, doneAndLost);
      await action(page, 'Record that it came back').click();
      await page.getByText('It is not known whether this was done').waitFor();
      await page.unroute(/\/release$/);
      await action(page, 'Ask again').click();
      await page.getByText('Recorded. Credits of Tom Taker now: 4.').waitFor();
      await page.getByText('Payment came back').first().waitFor();
      expect(await balance()).toMatchObject({ total: '4', unpaid: '0' });
      await page.getByRole('button', { name: /^Came back …/ }).click();
      await page
        .getByRole('dialog')
        .getByRole('alert')
        .getByText(/released/)
        .first()
        .waitFor();
      expect(await action(page, 'Record that it came back').getAttribute('aria-disabled')).toBe('true');
    });
  });
}
