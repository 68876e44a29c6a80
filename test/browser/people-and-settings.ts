import { settled, signIn, type PageWorld } from '../support/page-world.js';
import { violationsIn } from './looks.js';
import { open } from './modules-path.js';

interface Person {
  readonly name: string | null;
  readonly roles: readonly string[];
}

/** People, roles, the settings besides the share, and passwords. */
export function peopleAndSettings(world: PageWorld): void {
  const person = async (id: string): Promise<Person> =>
    (await world.ask(`users/${id}`, 'admin')).json<Person>();

  describe('an admin', () => {
    it('adds a person, gives a role, and anonymises only after the id is typed', async () => {
      const page = await open(world, 'admin', '/settings/people');
      const dialog = page.getByRole('dialog');
      await page.getByRole('button', { name: 'Add a person …' }).click();
      await dialog.getByLabel('Id', { exact: true }).fill('mira');
      await dialog.getByLabel('Name', { exact: true }).fill('Mira Okafor');
      await dialog.getByRole('button', { name: 'Add' }).click();
      await page.getByText('Mira Okafor is added.').waitFor();
      await page.getByLabel('Find a person').fill('okaf');
      const actions = page.getByRole('button', { name: 'Actions for Mira Okafor' });
      await actions.click();
      await page.getByRole('menuitem', { name: 'Edit …' }).click();
      await dialog.getByText('Partner', { exact: true }).click();
      await dialog.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Mira Okafor is saved.').waitFor();
      expect((await person('mira')).roles).toEqual(['user', 'partner']);
      await settled(page);
      await actions.click();
      await page.getByRole('menuitem', { name: 'Anonymise …' }).click();
      const confirm = dialog.getByRole('button', { name: 'Anonymise for ever' });
      await confirm.click();
      await dialog.getByText('This is not the id.').waitFor();
      expect((await person('mira')).name).toBe('Mira Okafor');
      await dialog.getByLabel(/^Type the id/).fill('mira');
      await confirm.click();
      await page.getByText('mira is anonymised.').waitFor();
      expect(await person('mira')).toMatchObject({ name: null, roles: [] });
    });

    it('sets the rate, but not over the change of another admin', async () => {
      const page = await open(world, 'admin', '/settings');
      await page.getByRole('button', { name: /Change … Credits per unit/ }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(/^Credits per unit/).fill('12,5');
      await world.ask('variables/creditsPerUnit', 'admin', { method: 'PUT', body: { value: '8' } });
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.getByText(/root set it to 8 meanwhile. Nothing was overwritten./).waitFor();
      const rate = async (): Promise<string> =>
        (await world.ask('variables/creditsPerUnit', 'admin')).json<{ value: string }>().value;
      expect(await rate()).toBe('8');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await page.getByText('12.5 is in force.').waitFor();
      expect(await rate()).toBe('12.5');
      await world.ask('variables/creditsPerUnit', 'admin', { method: 'PUT', body: { value: '10' } });
    });
  });

  it('lets finance read the people, and change nothing', async () => {
    const page = await open(world, 'finance', '/settings/people');
    await page.locator('.people-table').getByText('acme').first().waitFor();
    expect(await page.getByRole('button', { name: /Add|Actions/ }).count()).toBe(0);
    expect(await violationsIn(page)).toEqual([]);
  });

  it('changes the own password, and says that it is not known if the answer was lost', async () => {
    const page = await world.tab();
    await page.goto(world.url);
    await signIn(page, 'crowd');
    const dialog = page.getByRole('dialog');
    const change = async (from: string, to: string): Promise<void> => {
      await page.getByRole('button', { name: /^Account/ }).click();
      await page.getByRole('button', { name: 'Change the password …' }).click();
      await dialog.getByLabel('Current password').fill(from);
      await dialog.getByLabel('New password', { exact: true }).fill(to);
      await dialog.getByLabel('New password again').fill(to);
      await dialog.getByRole('button', { name: 'Change the password' }).click();
    };
    await change('correct horse battery staple', 'a better battery staple');
    await page.getByText('The password is changed.').waitFor();
    let attempts = 0;
    await page.route('**/api/auth/password', async (route) => {
      attempts += 1;
      const response = await route.fetch();
      return attempts === 1 ? route.abort('connectionreset') : route.fulfill({ response });
    });
    await change('a better battery staple', 'correct horse battery staple');
    await dialog.getByText('It is not known whether the password was changed').waitFor();
    expect(await dialog.getByText('Nothing was changed').count()).toBe(0);
  });
}
