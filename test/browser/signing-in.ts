import { RANGE, settled, signIn, tokenFor, type PageWorld } from '../support/page-world.js';
import { forgeToken, secondsFromNow } from '../support/tokens.js';

/** Signing in, and the expiry of a token. */
export function signingIn(world: PageWorld): void {
  describe('signing in', () => {
    it('accepts e-mail address and password, and keeps the token out of the address', async () => {
      const page = await world.tab();
      await page.goto(`${world.url}/?${RANGE}`);
      await signIn(page, 'partner');
      await page.getByRole('heading', { name: 'Your module revenue' }).waitFor();
      expect(new URL(page.url()).search).toBe(`?${RANGE}`);
      await page.getByRole('button', { name: /^Account/ }).click();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByLabel('E-mail address').waitFor();
      expect(await page.evaluate('JSON.stringify(sessionStorage)')).toBe('{}');
      expect(await page.evaluate('Object.keys(localStorage)')).toEqual(['module-revenue-preferences']);
    });

    it('reports a wrong password', async () => {
      const page = await world.tab();
      await page.goto(world.url);
      await page.getByLabel('E-mail address').fill('nobody@example.com');
      await page.getByLabel('Password').fill('not the password');
      await page.keyboard.press('Enter');
      await page.getByText('The e-mail address or the password is wrong.').waitFor();
    });

    it('accepts a token of the platform, and refuses an invalid one', async () => {
      const page = await world.tab();
      await page.goto(world.url);
      await page.getByText('Use an access token instead').click();
      const token = page.getByLabel('Token of your platform');
      await token.fill('not.a.token');
      await page.getByRole('button', { name: 'Continue with the token' }).click();
      await page.getByText('The service does not accept this token').waitFor();
      await token.fill(`Bearer ${tokenFor('finance')}`);
      await page.getByRole('button', { name: 'Continue with the token' }).click();
      await page.getByRole('heading', { name: 'Module revenue' }).waitFor();
    });

    it('shows sign-in when the token expires, and keeps the filter', async () => {
      const page = await world.tab();
      const query = `${RANGE}&moduleId=a-maps&sort=revenue`;
      const token = forgeToken({ payload: { sub: 'acme', roles: ['partner'], exp: secondsFromNow(4) } });
      await page.addInitScript(`
        if (window.name === '') sessionStorage.setItem('module-revenue-token', '${token}');
        window.name = 'was here';
      `);
      await page.goto(`${world.url}/?${query}`);
      await page.getByText('Your session has ended').waitFor();
      expect(new URL(page.url()).search).toBe(`?${query}`);
      await signIn(page, 'partner');
      await settled(page);
      expect(new URL(page.url()).search).toBe(`?${query}`);
      const names = await page.locator('.rows-table tbody .moduleName').allTextContents();
      expect([...new Set(names)]).toEqual(['Maps, "big" ones']);
    });
  });
}
