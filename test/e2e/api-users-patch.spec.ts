import { Client } from 'pg';
import { refusal, refusedFields, send, type Answer } from '../support/http-client.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

const PASSWORD = 'correct horse battery staple';

describe('PATCH /api/users/{id}', () => {
  let service: TestService;
  const admin = tokenOf('root', ['admin']);
  const platform = tokenOf('backend', ['platform']);
  let count = 0;
  let id: string;

  beforeAll(async () => {
    service = await startTestService();
  });
  afterAll(() => service.close());
  beforeEach(async () => {
    id = `usr_${(count += 1)}`;
    await post({ id, email: `${id}@example.com`, name: 'Ada', roles: ['user'] });
  });

  const post = (body: unknown): Promise<Answer> =>
    send(`${service.url}/api/users`, { method: 'POST', token: admin, body });
  const patch = (body: unknown, token = admin, userId = id): Promise<Answer> =>
    send(`${service.url}/api/users/${userId}`, { method: 'PATCH', token, body });
  const get = async (): Promise<unknown> =>
    (await send(`${service.url}/api/users/${id}`, { token: admin })).json();
  const loginStatus = async (email: string, password: string): Promise<number> =>
    (await send(`${service.url}/api/auth/login`, { method: 'POST', body: { email, password } })).status;

  it('changes the sent fields and leaves the rest', async () => {
    const answer = await patch({ name: 'Augusta', roles: ['partner', 'user'] });
    const user = { id, email: `${id}@example.com`, name: 'Augusta', roles: ['user', 'partner'] };
    expect(answer.status).toBe(200);
    expect(answer.json()).toEqual(user);
    expect(await get()).toEqual(user);
  });

  it.each([[{}], [{ name: null, email: null, roles: null, password: null }], [{ name: 'Ada' }]])(
    'changes nothing by %j',
    async (body) => {
      const before = await get();
      const answer = await patch(body);
      expect(answer.status).toBe(200);
      expect(answer.json()).toEqual(before);
    },
  );

  it('sets a password, and replaces it', async () => {
    const email = `${id}@example.com`;
    expect(await loginStatus(email, PASSWORD)).toBe(401);
    expect((await patch({ password: PASSWORD })).status).toBe(200);
    expect(await loginStatus(email, PASSWORD)).toBe(200);
    expect((await patch({ password: 'another password that is long' })).status).toBe(200);
    expect(await loginStatus(email, PASSWORD)).toBe(401);
    expect(await loginStatus(email, 'another password that is long')).toBe(200);
    expect((await patch({ email: `new-${email}` })).status).toBe(200);
    expect(await loginStatus(`new-${email}`, 'another password that is long')).toBe(200);
  });

  it('refuses a password for a user without an e-mail address, unless the request has one', async () => {
    await post({ id: `${id}-b`, roles: [] });
    expect(refusal(await patch({ password: PASSWORD }, admin, `${id}-b`), 422).code).toBe(
      'USERS.PASSWORD_NEEDS_EMAIL',
    );
    const both = { password: PASSWORD, email: `${id}-b@example.com` };
    expect((await patch(both, admin, `${id}-b`)).status).toBe(200);
  });

  it('refuses an e-mail address that another user signs in with, whichever of the two gets a password later', async () => {
    const email = `taken-${id}@example.com`;
    await post({ id: `${id}-b`, email, roles: [], password: PASSWORD });
    expect(refusal(await patch({ email, password: PASSWORD }), 409).code).toBe('USERS.EMAIL_TAKEN');
    expect((await patch({ email })).status).toBe(200);
    expect(refusal(await patch({ password: PASSWORD }), 409).code).toBe('USERS.EMAIL_TAKEN');
  });

  it('gives an e-mail address to one of two users at once', async () => {
    await post({ id: `${id}-b`, roles: [] });
    const body = { email: `both-${id}@example.com`, password: PASSWORD };
    const answers = await Promise.all([patch(body), patch(body, admin, `${id}-b`)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('answers 409 for an anonymised user, and changes nothing', async () => {
    const owner = new Client({ connectionString: service.database.ownerUrl });
    await owner.connect();
    await owner.query(`UPDATE users SET email = NULL, name = NULL, anonymised_at = now() WHERE id = $1`, [
      id,
    ]);
    await owner.end();
    const before = await get();
    expect(refusal(await patch({ name: 'Ada' }), 409).code).toBe('USERS.ANONYMISED');
    expect(refusal(await post({ id, roles: ['user'] }), 409).code).toBe('USERS.ANONYMISED');
    expect(await get()).toEqual(before);
    // The user has no access any more, whatever its token contains.
    const me = await send(`${service.url}/api/auth/me`, { token: tokenOf(id, ['user']) });
    expect(me.status).toBe(401);
  });

  describe('by a back end', () => {
    it('changes names, e-mail addresses and ordinary roles', async () => {
      expect((await patch({ name: 'Augusta', email: 'x@y', roles: ['partner'] }, platform)).status).toBe(200);
    });

    it.each(['finance', 'admin', 'platform'])(
      'does not give the role %s, not even to itself',
      async (role) => {
        expect(refusal(await patch({ roles: ['user', role] }, platform), 403).code).toBe(
          'USERS.NOT_GRANTABLE',
        );
        const itself = tokenOf(id, ['platform']);
        expect(refusal(await patch({ roles: [role] }, itself), 403).code).toBe('USERS.NOT_GRANTABLE');
        expect(await get()).toMatchObject({ roles: ['user'] });
      },
    );

    it.each(['finance', 'admin'])('does not change a user with the role %s', async (role) => {
      await patch({ roles: [role] });
      expect(refusal(await patch({ name: 'Eve' }, platform), 403).code).toBe('USERS.PRIVILEGED');
      expect(refusal(await patch({ roles: [] }, platform), 403).code).toBe('USERS.PRIVILEGED');
      expect(await get()).toMatchObject({ name: 'Ada', roles: [role] });
    });

    it('sets no password', async () => {
      expect(refusal(await patch({ password: PASSWORD }, platform), 403).code).toBe(
        'USERS.PASSWORD_NOT_YOURS',
      );
    });
  });

  it.each([
    ['id', { id: 'other' }],
    ['email', { email: 'a@b@c' }],
    ['name', { name: '\u0007' }],
    ['roles', { roles: ['user', 1] }],
    ['password', { password: 'too short' }],
  ])('refuses a bad %s', async (field, body) => {
    expect(refusedFields(await patch(body))).toEqual([field]);
  });

  it('answers 404 for an unknown user', async () => {
    expect(refusal(await patch({ name: 'X' }, admin, 'nobody'), 404).code).toBe('USERS.NOT_FOUND');
    expect(refusal(await patch({ name: 'X' }, platform, 'nobody'), 404).code).toBe('USERS.NOT_FOUND');
  });

  it.each(['user', 'partner', 'finance'] as const)(
    'is not for %s, not even about the caller itself',
    async (role) => {
      expect((await patch({ name: 'X' }, tokenOf(id, [role]))).status).toBe(403);
    },
  );
});
