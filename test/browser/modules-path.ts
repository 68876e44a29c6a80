import type { Page } from 'playwright-core';
import { settled, type PageWorld, type Person } from '../support/page-world.js';
import { violationsIn } from './looks.js';

interface Module {
  readonly name: string;
  readonly partnerId: string | null;
  readonly creditCost: string;
  readonly archived: boolean;
}

/** Opens an area. */
export async function open(world: PageWorld, person: Person, path: string): Promise<Page> {
  const page = await world.visit(person);
  await page.goto(`${world.url}${path}`);
  await settled(page);
  return page;
}

/** A partner's modules, and everybody's for admins. */
export function modulesPath(world: PageWorld): void {
  const stored = async (id: string): Promise<Module> =>
    (await world.ask(`modules/${id}`, 'admin')).json<Module>();

  describe('a partner', () => {
    it('publishes a module, sets its price and archives it', async () => {
      const page = await open(world, 'partner', '/modules');
      await page.getByRole('button', { name: 'Publish a module …' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name', { exact: true }).fill('Tide Tables');
      await dialog.getByLabel(/^Price/).fill('7,5');
      await dialog.getByRole('button', { name: 'Publish' }).click();
      await page.getByRole('heading', { level: 1, name: 'Tide Tables' }).waitFor();
      expect(new URL(page.url()).pathname).toBe('/modules/tide-tables');
      expect(await stored('tide-tables')).toMatchObject({ partnerId: 'acme', creditCost: '7.5' });
      await page.getByRole('button', { name: 'Edit …' }).click();
      await dialog.getByLabel(/^Price/).fill('9');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await page.getByText('9 credits').first().waitFor();
      await page.getByRole('button', { name: 'Archive …' }).click();
      await dialog.getByRole('button', { name: 'Archive' }).click();
      await page.getByRole('button', { name: 'Offer again …' }).waitFor();
      expect(await stored('tide-tables')).toMatchObject({ creditCost: '9', archived: true });
    });

    it('opens the explanation of a deployment from a module, and comes back', async () => {
      const page = await open(world, 'partner', '/modules');
      await page.getByLabel('Find a module').fill('a-maps');
      await page.waitForURL(/q=a-maps/);
      await page.locator('.modules-table').getByRole('link', { name: /^Maps/ }).first().click();
      await page.getByRole('heading', { name: 'Latest deployments' }).waitFor();
      await settled(page);
      await page.locator('.row-link').first().click();
      await page.getByRole('dialog').getByText('The credits', { exact: true }).waitFor();
      await page.keyboard.press('Escape');
      expect(new URL(page.url()).pathname).toBe('/modules/a-maps');
    });

    it('hears that a change is not known if its answer was lost, and asks again', async () => {
      const page = await open(world, 'partner', '/modules/a-wide');
      const { creditCost } = await stored('a-wide');
      await page.route('**/api/modules/a-wide', async (route) => {
        if (route.request().method() !== 'PATCH') return route.continue();
        await route.fetch();
        await route.abort('connectionreset');
      });
      await page.getByRole('button', { name: 'Edit …' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(/^Price/).fill('77');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.getByText('It is not known whether this was done').waitFor();
      expect(await dialog.getByText('Nothing was changed').count()).toBe(0);
      expect((await stored('a-wide')).creditCost).toBe('77');
      await page.unroute('**/api/modules/a-wide');
      await dialog.getByRole('button', { name: 'Ask again' }).click();
      await page.getByText('77 credits').first().waitFor();
      await world.ask('modules/a-wide', 'admin', { method: 'PATCH', body: { creditCost } });
    });
  });

  it('shows an admin all modules, and the answer of the latest search, whatever arrives first', async () => {
    const page = await open(world, 'admin', '/modules');
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route(/\/api\/modules\?q=map$/, async (route) => {
      await held;
      await route.continue().catch(() => undefined);
    });
    const asked = page.waitForRequest(/q=map$/);
    await page.getByLabel('Find a module').fill('map');
    await asked;
    await page.getByLabel('Find a module').fill('a-wide');
    const maps = page.locator('.modules-table').getByText('a-maps');
    await maps.waitFor({ state: 'detached' });
    await page.locator('.modules-table').getByText('a-wide').waitFor();
    release();
    await settled(page);
    expect(await maps.count()).toBe(0);
    expect(new URL(page.url()).searchParams.get('q')).toBe('a-wide');
  });

  it('tells finance how many customers a module has, and does not ask for a partner', async () => {
    const page = await open(world, 'finance', '/modules/a-maps');
    const customers = page.locator('.facts > div').filter({ hasText: 'Customers' }).locator('dd');
    const query = 'moduleId=a-maps&groupBy=user&limit=1&includeFree=true';
    const { userCount } = (await world.ask(`revenue/summary?${query}`, 'finance')).json<{
      userCount: number;
    }>();
    expect(await customers.textContent()).toBe(String(userCount));
    const asked: string[] = [];
    const own = await world.tab();
    own.on('request', (request) => asked.push(request.url()));
    await world.enter(own, 'partner', '/modules/a-maps');
    await own.getByRole('heading', { name: 'Latest deployments' }).waitFor();
    expect(asked.filter((url) => /groupBy=user/.test(url))).toEqual([]);
    expect(await own.getByText('Customers').count()).toBe(0);
  });

  it('/modules/nobody-knows breaks no accessibility rule', async () => {
    expect(await violationsIn(await open(world, 'admin', '/modules/nobody-knows'))).toEqual([]);
  });
}
