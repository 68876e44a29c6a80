import { refusal, refusedFields, send, type Answer } from '../support/http-client.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

const PASSWORD = 'correct horse battery staple';

describe('POST /api/users', () => {
  let service: TestService;
  const admin = tokenOf('root', ['admin']);
  const platform = tokenOf('backend', ['platform']);
  let count = 0;
  let id: string;

  beforeAll(async () => {
    service = await startTestService();
  });
  afterAll(() => service.close());
  beforeEach(() => {
    id = `usr_${(count += 1)}`;
  });

  const post = (body: unknown, token = admin): Promise<Answer> =>
    send(`${service.url}/api/users`, { method: 'POST', token, body });
  const get = async (userId = id): Promise<unknown> =>
    (await send(`${service.url}/api/users/${userId}`, { token: admin })).json();

  it('records a user and returns it, without the password', async () => {
    const answer = await post({
      id,
      email: `${id}@example.com`,
      name: 'Ada "the first", Ünï 愛',
      roles: ['partner', 'user'],
      password: PASSWORD,
    });
    const user = {
      id,
      email: `${id}@example.com`,
      name: 'Ada "the first", Ünï 愛',
      roles: ['user', 'partner'],
    };
    expect(answer.status).toBe(201);
    expect(answer.json()).toEqual(user);
    expect(await get()).toEqual(user);
  });

  it('accepts null for absent; e-mail address, name and role are optional', async () => {
    const answer = await post({ id, email: null, name: null, password: null, roles: [] });
    expect(answer.status).toBe(201);
    expect(answer.json()).toEqual({ id, email: null, name: null, roles: [] });
  });

  it('answers 200 to a repeated request, complete or in part, and changes nothing', async () => {
    const user = { id, email: `${id}@example.com`, name: 'Ada', roles: ['user'], password: PASSWORD };
    await post(user);
    for (const again of [user, { id, roles: ['user'] }, { ...user, password: undefined }]) {
      const answer = await post(again);
      expect(answer.status).toBe(200);
      expect(answer.json()).toEqual({ id, email: `${id}@example.com`, name: 'Ada', roles: ['user'] });
    }
  });

  it('answers one of two at once with 201 and the other with 200', async () => {
    const user = { id, email: `${id}@example.com`, roles: ['user'], password: PASSWORD };
    const answers = await Promise.all([post(user), post(user)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 201]);
  });

  it.each([
    ['another name', { name: 'Eve' }],
    ['another e-mail address', { email: 'eve@example.com' }],
    ['other roles', { roles: ['user', 'partner'] }],
    ['another password', { password: 'another password that is long' }],
  ])('refuses an existing id with %s', async (_case, fields) => {
    const user = { id, email: `${id}@example.com`, name: 'Ada', roles: ['user'], password: PASSWORD };
    await post(user);
    expect(refusal(await post({ ...user, ...fields }), 409).code).toBe('USERS.CONFLICT');
    expect(await get()).toMatchObject({ name: 'Ada', roles: ['user'] });
  });

  it('allows repeated e-mail addresses, but not among users with a password', async () => {
    const email = `${id}@example.com`;
    expect((await post({ id, email, roles: [], password: PASSWORD })).status).toBe(201);
    expect((await post({ id: `${id}-b`, email, roles: [] })).status).toBe(201);
    const third = { id: `${id}-c`, email: email.toUpperCase(), roles: [], password: PASSWORD };
    expect(refusal(await post(third), 409).code).toBe('USERS.EMAIL_TAKEN');
    expect((await send(`${service.url}/api/users/${id}-c`, { token: admin })).status).toBe(404);
  });

  it('needs an e-mail address for a password', async () => {
    const answer = await post({ id, roles: [], password: PASSWORD });
    expect(refusal(answer, 422).code).toBe('USERS.PASSWORD_NEEDS_EMAIL');
  });

  describe('by a back end', () => {
    it('gives the roles user and partner', async () => {
      expect((await post({ id, roles: ['partner', 'user'] }, platform)).status).toBe(201);
    });

    it.each(['finance', 'admin', 'platform'])('does not give the role %s', async (role) => {
      expect(refusal(await post({ id, roles: ['user', role] }, platform), 403).code).toBe(
        'USERS.NOT_GRANTABLE',
      );
      expect(await get()).toMatchObject({ code: 'USERS.NOT_FOUND' });
    });

    it.each(['finance', 'admin'])('does not change a user with the role %s', async (role) => {
      await post({ id, roles: [role] });
      expect(refusal(await post({ id, roles: ['user'] }, platform), 403).code).toBe('USERS.PRIVILEGED');
    });

    it('sets no password', async () => {
      const user = { id, email: `${id}@example.com`, roles: ['user'], password: PASSWORD };
      expect(refusal(await post(user, platform), 403).code).toBe('USERS.PASSWORD_NOT_YOURS');
    });

    it('that is also an administrator can do all of it', async () => {
      const both = tokenOf('backend', ['platform', 'admin']);
      const user = { id, email: `${id}@example.com`, roles: ['admin'], password: PASSWORD };
      expect((await post(user, both)).status).toBe(201);
    });
  });

  it.each([
    ['no id', { id: undefined }, 'id'],
    ['an id that is none', { id: 'a b' }, 'id'],
    ['an id with NUL', { id: 'a\0' }, 'id'],
    ['no roles', { roles: undefined }, 'roles'],
    ['null for roles', { roles: null }, 'roles'],
    ['an unknown role', { roles: ['root'] }, 'roles'],
    ['a role twice', { roles: ['user', 'user'] }, 'roles'],
    ['roles that are no list', { roles: 'user' }, 'roles'],
    ['an e-mail address that is none', { email: 'ada' }, 'email'],
    ['a name with NUL', { name: 'A\0' }, 'name'],
    ['a name of 201 characters', { name: 'ä'.repeat(201) }, 'name'],
    ['a password of 11 characters', { password: '😀'.repeat(11) }, 'password'],
    ['a password of 129 characters', { password: 'a'.repeat(129) }, 'password'],
    ['a field that is none', { passwordHash: 'x' }, 'passwordHash'],
  ])('refuses %s', async (_case, fields, field) => {
    expect(refusedFields(await post({ id, roles: ['user'], email: 'a@b', ...fields }))).toEqual([field]);
  });

  it('accepts passwords of 12 and of 128 characters, in any script', async () => {
    const email = `${id}@example.com`;
    expect((await post({ id, email, roles: [], password: '😀'.repeat(12) })).status).toBe(201);
    const long = { id: `${id}-b`, email: `b-${email}`, roles: [], password: 'ß'.repeat(128) };
    expect((await post(long)).status).toBe(201);
  });

  it.each(['user', 'partner', 'finance'] as const)('is not for %s', async (role) => {
    expect((await post({ id, roles: [] }, tokenOf('x', [role]))).status).toBe(403);
  });
});
