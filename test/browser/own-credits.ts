import type { CreditBalanceDto } from '../../src/credits/http/dto/credit-balance.dto.js';
import type { CreditHistoryDto } from '../../src/credits/http/dto/credit-history.dto.js';
import type { DeploymentDto } from '../../src/credits/http/dto/deployment.dto.js';
import { settled, type PageWorld } from '../support/page-world.js';
import { figures } from './customers.js';
import { hold } from './hold.js';

/** Your credits. */
export function ownCredits(world: PageWorld): void {
  describe('your credits', () => {
    it('show the balance, and the history with the newest line first', async () => {
      const page = await world.visit('user');
      await page.getByRole('heading', { name: 'Your credits' }).waitFor();
      const { total, free, purchased, unpaid } = (
        await world.ask('credits/balance', 'user')
      ).json<CreditBalanceDto>();
      expect(await figures(page)).toEqual([total, free, purchased, unpaid]);
      const { data } = (await world.ask('credits/history?order=desc', 'user')).json<CreditHistoryDto>();
      const table = page.getByRole('table', { name: /^Credit history/ });
      expect(await table.locator('tbody th code').allTextContents()).toEqual(data.map(({ id }) => id));
      const deployment = data.find(({ type }) => type === 'deployment');
      const row = table.getByRole('row').filter({ hasText: deployment?.id ?? '' });
      const module = (await world.ask(`modules/${deployment?.moduleId}`, 'user')).json<{ name: string }>();
      await row.getByRole('link', { name: module.name.trim() }).first().waitFor();
    });

    it('show the price of a module before it is deployed, and whether the credits are enough', async () => {
      const price = (creditCost: string): ReturnType<PageWorld['ask']> =>
        world.ask('modules/a-atlas', 'admin', { method: 'PATCH', body: { creditCost } });
      const { total } = (await world.ask('credits/balance', 'user')).json<CreditBalanceDto>();
      await price(total);
      const page = await world.visit('user', '/credits');
      await page.getByLabel('Find a module by name or id').fill('atlas');
      const table = page.getByRole('table', { name: /^Modules that/ });
      const row = table.getByRole('row').filter({ hasText: 'a-atlas' });
      await row.getByText('You can pay for it').waitFor();
      await settled(page);
      expect(await table.locator('tbody tr').count()).toBe(1);
      await price('100000');
      await page.reload();
      await row.getByText(/missing$/).waitFor();
      await row.getByText('100,000', { exact: true }).waitFor();
      await price('1');
      await page.getByLabel('Find a module by name or id').fill('nothing like this');
      await page.getByText('No module has this name or id').waitFor();
    });

    it('show the details of a deployment, at an address of their own', async () => {
      const page = await world.visit('user', '/credits');
      const { data } = (await world.ask('credits/history?order=desc', 'user')).json<CreditHistoryDto>();
      const line = data.find(({ type, credits }) => type === 'deployment' && credits !== '0');
      const own = (await world.ask(`deployments/${line?.id}`, 'user')).json<DeploymentDto>();
      const row = page
        .getByRole('row')
        .filter({ hasText: line?.id ?? '' })
        .first();
      await row.getByRole('link').first().click();
      const drawer = page.getByRole('dialog');
      await drawer.getByRole('heading', { name: 'Which credits paid' }).waitFor();
      expect(await drawer.locator('tbody code').allTextContents()).toEqual(
        own.pieces.map(({ lotId }) => lotId),
      );
      await page.reload();
      await drawer.getByRole('heading', { name: 'Which credits paid' }).waitFor();
      await drawer.getByRole('button', { name: 'Close' }).click();
      await drawer.waitFor({ state: 'detached' });
      expect(new URL(page.url()).search).toBe('');
    });

    it('never show another user’s deployment', async () => {
      const page = await world.visit('user', '/credits?detail=d-0001');
      await page
        .getByRole('dialog')
        .getByRole('alert')
        .getByText(/no deployment/i)
        .first()
        .waitFor();
    });

    it('stay whole while one answer is late: the prices wait for nothing', async () => {
      const page = await world.tab();
      const release = await hold(page, /\/api\/credits\/balance/);
      const entering = world.enter(page, 'user', '/credits');
      await page.getByRole('table', { name: /^Modules that/ }).waitFor();
      expect(await page.getByRole('columnheader', { name: 'With your credits' }).count()).toBe(0);
      release();
      await entering;
      await page.getByRole('columnheader', { name: 'With your credits' }).waitFor();
    });

    it('are there for finance too, if it has the role user', async () => {
      const page = await world.tab();
      await page.route('**/api/auth/me', async (route) => {
        const response = await route.fetch();
        await route.fulfill({
          response,
          json: { ...((await response.json()) as object), roles: ['finance', 'user'] },
        });
      });
      await world.enter(page, 'finance');
      await page.getByRole('link', { name: 'Your credits' }).click();
      await page.getByRole('heading', { name: 'Your credits', level: 1 }).waitFor();
    });
  });
}
