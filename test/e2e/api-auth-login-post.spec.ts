import { TokenService } from '../../src/auth/index.js';
import { UsersService } from '../../src/users/index.js';
import { LoginThrottle } from '../../src/users/login-throttle.js';
import { refusal, refusedFields, send, type Answer } from '../support/http-client.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

const PASSWORD = 'correct horse battery staple';
const ADA = {
  id: 'ada',
  email: 'Ada@Example.com',
  name: 'Ada',
  roles: ['user', 'finance'],
  password: PASSWORD,
};

describe('POST /api/auth/login', () => {
  let service: TestService;
  let count = 0;
  /** The client address of the requests, as the trusted proxy reports it. */
  let address: string;

  beforeAll(async () => {
    service = await startTestService({ env: { TRUSTED_PROXIES: '127.0.0.1' } });
    await service.app.get(UsersService, { strict: false }).putSignIn(ADA);
  });
  afterAll(() => service.close());
  beforeEach(() => {
    address = `203.0.113.${(count += 1)}`;
  });

  const login = (body: unknown, from = address): Promise<Answer> =>
    send(`${service.url}/api/auth/login`, { method: 'POST', body, headers: { 'x-forwarded-for': from } });

  it('gives a token of 1 hour with the roles that are recorded, whatever the case of the address', async () => {
    const answer = await login({ email: 'aDA@example.COM', password: PASSWORD });
    expect(answer.status).toBe(200);
    const { accessToken, ...rest } = answer.json<{ accessToken: string }>();
    expect(rest).toEqual({ tokenType: 'Bearer', expiresIn: 3600 });
    const claims = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString()) as {
      iat: number;
      exp: number;
    };
    expect(claims.exp - claims.iat).toBe(3600);
    const me = await send(`${service.url}/api/auth/me`, { token: accessToken });
    expect(me.json()).toMatchObject({ id: 'ada', roles: ['user', 'finance'] });
  });

  it('answers a wrong password, an unknown address and a user without a password alike', async () => {
    await send(`${service.url}/api/users`, {
      method: 'POST',
      token: tokenOf('root', ['admin']),
      body: { id: 'bob', email: 'bob@example.com', roles: [] },
    });
    const answers = await Promise.all([
      login({ email: ADA.email, password: `${PASSWORD}!` }),
      login({ email: 'nobody@example.com', password: PASSWORD }),
      login({ email: 'bob@example.com', password: PASSWORD }),
    ]);
    const problems = answers.map((answer) => ({ ...refusal(answer, 401), requestId: '' }));
    expect(problems[0]?.code).toBe('LOGIN.WRONG_CREDENTIALS');
    expect(problems[1]).toEqual(problems[0]);
    expect(problems[2]).toEqual(problems[0]);
  });

  it('works as much for an unknown address as for a wrong password', async () => {
    // Processor time of all threads of this process, so that other work on the machine does not count.
    const workOf = async (email: string): Promise<number> => {
      const start = process.cpuUsage();
      await login({ email, password: 'a wrong password' });
      const { user, system } = process.cpuUsage(start);
      return user + system;
    };
    await workOf('warm@example.com');
    const known: number[] = [];
    const unknown: number[] = [];
    for (let n = 0; n < 8; n += 1) {
      known.push(await workOf(ADA.email));
      unknown.push(await workOf(`nobody-${n}@example.com`));
    }
    // The minimum of each is the least disturbed. Without the decoy, an unknown address takes a tenth of the time.
    expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...known) * 0.5);
  });

  it('blocks repeated attempts at one account, but not other clients and other accounts', async () => {
    for (let n = 0; n < 10; n += 1) {
      expect((await login({ email: ADA.email, password: `wrong guess ${n}` })).status).toBe(401);
    }
    // Even the right password and another spelling are refused.
    const answer = await login({ email: ADA.email.toUpperCase(), password: PASSWORD });
    expect(refusal(answer, 429).code).toBe('LOGIN.TOO_MANY_ATTEMPTS');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect((await login({ email: 'eve@example.com', password: PASSWORD })).status).toBe(401);
    expect((await login({ email: ADA.email, password: PASSWORD }, '198.51.100.1')).status).toBe(200);
    expect((await send(`${service.url}/api/auth/me`, { token: tokenOf('ada', ['user']) })).status).toBe(200);
  });

  // The earlier attempts are counted without checking a password, because checking is slow on purpose.
  it('blocks attempts at one account from many addresses', async () => {
    const throttle = service.app.get(LoginThrottle, { strict: false });
    const email = 'timid@example.com';
    for (let n = 0; n < 100; n += 1) await throttle.count(email, `2001:db8:0:${n}::1`);
    expect((await login({ email, password: PASSWORD })).status).toBe(429);
    // PostgreSQL lower-cases a dotted capital I to an i, JavaScript to two characters.
    expect((await login({ email: 't\u0130mid@example.com', password: PASSWORD })).status).toBe(429);
    expect((await login({ email: ADA.email, password: PASSWORD })).status).toBe(200);
  });

  it('treats the network of one customer as one address', async () => {
    const guess = (n: number): Promise<Answer> =>
      login({ email: 'other@example.com', password: PASSWORD }, `2001:db8:1:1::${n}`);
    for (let n = 0; n < 10; n += 1) expect((await guess(n)).status).toBe(401);
    expect((await guess(10)).status).toBe(429);
  });

  it('blocks attempts at many accounts from one address', async () => {
    const throttle = service.app.get(LoginThrottle, { strict: false });
    for (let n = 0; n < 100; n += 1) await throttle.count(`nobody-${n}@example.com`, address);
    expect((await login({ email: ADA.email, password: PASSWORD })).status).toBe(429);
  });

  it.each([
    ['email', { email: undefined }],
    ['email', { email: 'ada' }],
    ['email', { email: ['ada@example.com'] }],
    ['email', { email: 'a\0@example.com' }],
    ['password', { password: undefined }],
    ['password', { password: '' }],
    ['password', { password: { $ne: '' } }],
    ['password', { password: 'a'.repeat(257) }],
    ['roles', { roles: ['admin'] }],
  ])('refuses a bad %s: %j', async (field, fields) => {
    expect(refusedFields(await login({ email: ADA.email, password: PASSWORD, ...fields }))).toEqual([field]);
  });
});

describe('POST /api/auth/login without a trusted proxy', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService();
  });
  afterAll(() => service.close());

  it('ignores the forwarded address of the client', async () => {
    const guess = (n: number): Promise<Answer> =>
      send(`${service.url}/api/auth/login`, {
        method: 'POST',
        body: { email: 'ada@example.com', password: PASSWORD },
        headers: { 'x-forwarded-for': `203.0.113.${n}` },
      });
    for (let n = 0; n < 10; n += 1) expect((await guess(n)).status).toBe(401);
    expect((await guess(10)).status).toBe(429);
  });
});

describe('POST /api/auth/login with an identity provider', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService({
      env: { AUTH_JWT_SECRET: undefined, AUTH_JWKS_URI: 'http://127.0.0.1:9/keys' },
    });
  });
  afterAll(() => service.close());

  it.each([{ email: 'ada@example.com', password: PASSWORD }, {}, '{'])('answers 404 to %j', async (body) => {
    expect(service.app.get(TokenService).canIssue).toBe(false);
    const answer = await send(`${service.url}/api/auth/login`, { method: 'POST', body });
    expect(refusal(answer, 404).code).toBe('LOGIN.NOT_HERE');
  });
});
