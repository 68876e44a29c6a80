import { UsersService } from '../../src/users/index.js';
import { refusal, refusedFields, send, type Answer } from '../support/http-client.js';
import { IdentityProvider, signedBy } from '../support/identity-provider.js';
import { startTestService, type TestService } from '../support/service.js';
import { contentOfTables } from '../support/table-contents.js';
import { tokenOf } from '../support/tokens.js';

const OLD = 'correct horse battery staple';
const NEW = 'an entirely different staple';
const ADMIN = tokenOf('root', ['admin']);

describe('PUT /api/auth/password', () => {
  let service: TestService;
  let people = 0;
  let id: string;
  let email: string;

  beforeAll(async () => {
    service = await startTestService({ env: { TRUSTED_PROXIES: '127.0.0.1' } });
  });
  afterAll(() => service.close());
  beforeEach(async () => {
    id = `person-${(people += 1)}`;
    email = `${id}@example.com`;
    await service.app
      .get(UsersService, { strict: false })
      .putSignIn({ id, email, roles: ['partner'], password: OLD });
  });

  const from = (): Record<string, string> => ({ 'x-forwarded-for': `203.0.113.${people}` });
  const change = (body: object, token = tokenOf(id, ['partner'])): Promise<Answer> =>
    send(`${service.url}/api/auth/password`, { method: 'PUT', token, body, headers: from() });
  const signIn = (password: string): Promise<Answer> =>
    send(`${service.url}/api/auth/login`, { method: 'POST', body: { email, password }, headers: from() });

  it('changes the password for sign-ins from now on; earlier tokens stay valid', async () => {
    const { accessToken } = (await signIn(OLD)).json<{ accessToken: string }>();
    const answer = await change({ currentPassword: OLD, newPassword: NEW }, accessToken);

    expect([answer.status, answer.text]).toEqual([204, '']);
    expect((await signIn(OLD)).status).toBe(401);
    expect((await signIn(NEW)).status).toBe(200);
    expect((await send(`${service.url}/api/auth/me`, { token: accessToken })).status).toBe(200);
  });

  it('is audited without either password, and so is a wrong current one', async () => {
    await change({ currentPassword: OLD, newPassword: NEW });
    await change({ currentPassword: 'a wrong guess', newPassword: NEW });
    const events = await send(`${service.url}/api/audit?action=auth.password&target=${id}`, { token: ADMIN });

    expect(events.json<{ data: object[] }>().data).toMatchObject([
      { actor: id, targetType: 'user', outcome: 'refused', details: { code: 'LOGIN.WRONG_PASSWORD' } },
      { actor: id, targetType: 'user', outcome: 'done', details: {} },
    ]);
    const everything = JSON.stringify(await contentOfTables(service));
    for (const secret of [OLD, NEW, 'a wrong guess']) expect(everything).not.toContain(secret);
  });

  it('answers a wrong password and a caller without one alike, and changes nothing', async () => {
    const wrong = await change({ currentPassword: NEW, newPassword: NEW });
    const none = await change({ currentPassword: OLD, newPassword: NEW }, tokenOf('not-stored', ['user']));

    const [problem, other] = [refusal(wrong, 422), refusal(none, 422)];
    expect(problem.code).toBe('LOGIN.WRONG_PASSWORD');
    expect({ ...other, requestId: '' }).toEqual({ ...problem, requestId: '' });
    expect((await signIn(OLD)).status).toBe(200);
  });

  it('counts attempts together with those to sign in', async () => {
    for (let n = 0; n < 5; n += 1) {
      expect((await signIn('a wrong guess')).status).toBe(401);
      expect((await change({ currentPassword: 'a wrong guess', newPassword: NEW })).status).toBe(422);
    }
    const blocked = await change({ currentPassword: OLD, newPassword: NEW });
    expect(refusal(blocked, 429).code).toBe('LOGIN.TOO_MANY_ATTEMPTS');
    expect(Number(blocked.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await signIn(OLD)).status).toBe(429);
  });

  it('lets one of two concurrent changes win', async () => {
    const answers = await Promise.all(
      ['first', 'second'].map((word) =>
        change({ currentPassword: OLD, newPassword: `the ${word} new password` }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 422]);
  });

  it.each([
    ['newPassword', { newPassword: 'too short' }],
    ['newPassword', { newPassword: 'x'.repeat(129) }],
    ['newPassword', { newPassword: undefined }],
    ['currentPassword', { currentPassword: '' }],
    ['currentPassword', { currentPassword: undefined }],
    ['userId', { userId: 'root' }],
  ])('refuses a bad %s', async (field, fields) => {
    const answer = await change({ currentPassword: OLD, newPassword: NEW, ...fields });
    expect(refusedFields(answer)).toEqual([field]);
  });

  it('does not exist where an identity provider signs users in', async () => {
    const provider = new IdentityProvider();
    const env = { AUTH_JWT_SECRET: undefined, AUTH_JWKS_URI: await provider.start() };
    const other = await startTestService({ env, database: service.database });
    try {
      const key = await provider.publish('k1', 'ES256');
      const token = await signedBy({ key, kid: 'k1', alg: 'ES256' }, id, ['user']);
      const body = { currentPassword: OLD, newPassword: NEW };
      const answer = await send(`${other.url}/api/auth/password`, { method: 'PUT', token, body });
      expect(refusal(answer, 404).code).toBe('LOGIN.NOT_HERE');
    } finally {
      await other.close();
      await provider.stop();
    }
  });
});
