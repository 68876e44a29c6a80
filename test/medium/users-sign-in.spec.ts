import { UsersService } from '../../src/users/index.js';
import { send } from '../support/http-client.js';
import { startTestService, type TestService } from '../support/service.js';

const PASSWORD = 'correct horse battery staple';
const ADA = { id: 'ada', email: 'ada@example.com', name: 'Ada', roles: ['admin'], password: PASSWORD };

describe('users with a sign-in from the operator', () => {
  let service: TestService;
  let users: UsersService;

  beforeAll(async () => {
    service = await startTestService();
    users = service.app.get(UsersService, { strict: false });
  });
  afterAll(() => service.close());

  const loginStatus = async (email: string, password: string): Promise<number> =>
    (await send(`${service.url}/api/auth/login`, { method: 'POST', body: { email, password } })).status;

  it('are recorded with any role, and replaced if they exist', async () => {
    const { id, email, name, roles } = ADA;
    expect(await users.putSignIn(ADA)).toEqual({ id, email, name, roles });
    expect(await loginStatus(ADA.email, PASSWORD)).toBe(200);
    const changed = { ...ADA, email: 'countess@example.com', roles: ['finance'], password: `${PASSWORD}!` };
    expect(await users.putSignIn(changed)).toMatchObject({
      email: 'countess@example.com',
      roles: ['finance'],
    });
    expect(await loginStatus(ADA.email, PASSWORD)).toBe(401);
    expect(await loginStatus('countess@example.com', `${PASSWORD}!`)).toBe(200);
  });

  it('do not share an e-mail address', async () => {
    await users.putSignIn({ ...ADA, id: 'bob', email: 'bob@example.com' });
    for (const id of ['eve', 'ada']) {
      await expect(users.putSignIn({ ...ADA, id, email: 'BOB@example.com' })).rejects.toMatchObject({
        kind: { code: 'USERS.EMAIL_TAKEN' },
      });
    }
  });

  it.each([
    ['an id that is none', { id: 'a b' }],
    ['an e-mail address that is none', { email: 'ada' }],
    ['an unknown role', { roles: ['root'] }],
    ['a short password', { password: 'short' }],
  ])('do not accept %s', async (_case, fields) => {
    await expect(users.putSignIn({ ...ADA, id: 'new', ...fields })).rejects.toMatchObject({
      kind: { code: 'USERS.INVALID' },
    });
  });
});
