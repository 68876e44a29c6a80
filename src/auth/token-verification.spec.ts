import { forgeToken, secondsFromNow, TEST_JWT_SECRET, tokenOf } from '../../test/support/tokens.js';
import { problemIn, send, sendBytes, type Answer } from '../../test/support/http-client.js';
import {
  doorConfig,
  startHttpApplication,
  type HttpApplication,
} from '../../test/support/http-application.js';
import { AUTH_PROBLEMS, TokenGate, TokenService } from './index.js';

const GOOD = { sub: 'usr_1', roles: ['user'], exp: secondsFromNow(3600) };

describe('the token of a request', () => {
  let door: HttpApplication;

  beforeAll(async () => {
    door = await startHttpApplication([]);
  });
  afterAll(() => door.close());

  const me = (token: string): Promise<Answer> => send(`${door.url}/api/auth/me`, { token });

  const isRefused = (answer: Answer): void => {
    expect(answer.status).toBe(401);
    expect(problemIn(answer).code).toBe(AUTH_PROBLEMS.UNAUTHENTICATED.code);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="api"');
  };

  it('identifies the caller', async () => {
    const answer = await me(tokenOf('usr_1', ['finance', 'partner'], { partnerId: 'partner_7' }));

    expect(answer.status).toBe(200);
    expect(answer.json()).toEqual({
      id: 'usr_1',
      roles: ['partner', 'finance'],
      partnerId: 'partner_7',
      earns: true,
    });
  });

  it('is that of the same request if several arrive in one packet', async () => {
    const requestOf = (id: string, last: boolean): string =>
      `GET /api/auth/me HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer ${tokenOf(id, ['user'])}\r\n${last ? 'Connection: close\r\n' : ''}\r\n`;
    const { text } = await sendBytes(door.url, requestOf('usr_1', false) + requestOf('usr_2', true));

    expect([...text.matchAll(/"id":"(\w+)"/g)].map(([, id]) => id)).toEqual(['usr_1', 'usr_2']);
  });

  it('gives a partner its own id as partnerId if there is no such claim', async () => {
    const answer = await me(tokenOf('partner_7', ['partner']));

    expect(answer.json()).toMatchObject({ partnerId: 'partner_7' });
  });

  it('ignores roles that are not known, and partnerId without the role', async () => {
    const answer = await me(tokenOf('usr_1', ['root', 'superuser'], { partnerId: 'partner_7' }));

    expect(answer.status).toBe(200);
    // The claim still means that the caller receives revenue, which only removes rights.
    expect(answer.json()).toEqual({ id: 'usr_1', roles: [], partnerId: null, earns: true });
  });

  it.each<[trap: string, token: () => string]>([
    ['no exp', () => forgeToken({ payload: { sub: 'usr_1', roles: ['admin'] } })],
    [
      'exp 1e400, which is infinite',
      () => forgeToken({ payload: '{"sub":"usr_1","roles":["admin"],"exp":1e400}' }),
    ],
    ['exp as a string', () => forgeToken({ payload: { ...GOOD, exp: '9999999999' } })],
    ['exp null', () => forgeToken({ payload: { ...GOOD, exp: null } })],
    ['an exp that has passed', () => forgeToken({ payload: { ...GOOD, exp: secondsFromNow(-1) } })],
    ['an nbf in the future', () => forgeToken({ payload: { ...GOOD, nbf: secondsFromNow(60) } })],
    ['an nbf that is not a number', () => forgeToken({ payload: { ...GOOD, nbf: 'now' } })],
    ['an iat that is not a number', () => forgeToken({ payload: { ...GOOD, iat: 'now' } })],
    ['a foreign typ', () => forgeToken({ header: { typ: 'logout+jwt' }, payload: GOOD })],
    ['a typ that is not a text', () => forgeToken({ header: { typ: 7 }, payload: GOOD })],
    ['an unknown crit', () => forgeToken({ header: { crit: ['b64'], b64: true }, payload: GOOD })],
    ['an array payload', () => forgeToken({ payload: '[{"sub":"usr_1"}]' })],
    ['a text payload', () => forgeToken({ payload: '"usr_1"' })],
    ['a payload that is not JSON', () => forgeToken({ payload: 'usr_1' })],
    ['null as payload', () => forgeToken({ payload: 'null' })],
    ['no sub', () => forgeToken({ payload: { ...GOOD, sub: undefined } })],
    ['a sub that is a number', () => forgeToken({ payload: { ...GOOD, sub: 1 } })],
    ['a sub that is not an id', () => forgeToken({ payload: { ...GOOD, sub: 'a\0b' } })],
    ['roles that are a text', () => forgeToken({ payload: { ...GOOD, roles: 'admin' } })],
    ['roles that are not texts', () => forgeToken({ payload: { ...GOOD, roles: [['admin']] } })],
    [
      'roles that are an object',
      () => forgeToken({ payload: { ...GOOD, roles: { 0: 'admin', length: 1 } } }),
    ],
    [
      'a partnerId that is not an id',
      () => forgeToken({ payload: { ...GOOD, roles: ['partner'], partnerId: '' } }),
    ],
    ['a partnerId that is an array', () => forgeToken({ payload: { ...GOOD, partnerId: ['partner_7'] } })],
    [
      'another secret',
      () => forgeToken({ payload: GOOD, secret: 'another-secret-that-is-also-long-enough' }),
    ],
    ['a six-byte secret', () => forgeToken({ payload: GOOD, secret: 'secret' })],
    ['alg none', () => `${unsigned({ alg: 'none' })}.`],
    ['alg none with a signature', () => `${unsigned({ alg: 'none' })}.AAAA`],
    [
      'HS512, which is not the agreed algorithm',
      () => forgeToken({ header: { alg: 'HS512' }, payload: GOOD }),
    ],
    ['no alg', () => forgeToken({ header: { alg: undefined }, payload: GOOD })],
    ['a cut signature', () => forgeToken({ payload: GOOD }).slice(0, -4)],
    ['another payload under the signature', () => withPayload({ ...GOOD, roles: ['admin'] })],
    ['two parts', () => unsigned({ alg: 'HS256' })],
    ['no token at all', () => 'x'],
  ])('is refused with %s', async (_trap, token) => {
    isRefused(await me(token()));
  });

  it('is required in the header as a bearer token', async () => {
    const token = tokenOf('usr_1', ['user']);
    isRefused(await send(`${door.url}/api/auth/me`));
    isRefused(await send(`${door.url}/api/auth/me`, { headers: { authorization: token } }));
    isRefused(await send(`${door.url}/api/auth/me`, { headers: { authorization: `Basic ${token}` } }));
    isRefused(await send(`${door.url}/api/auth/me?access_token=${token}`));
  });

  it('is never part of the answer that refuses it', async () => {
    const token = forgeToken({ payload: { ...GOOD, sub: 'canary_sub', exp: 1 } });
    const answer = await me(token);

    expect(answer.text).not.toContain(token);
    expect(answer.text).not.toContain('canary_sub');
  });

  it('is refused for a subject that the gate bars, even for its own description', async () => {
    door.app.get(TokenGate).register((ids) => Promise.resolve(ids.filter((id) => id === 'anonymised_1')));

    isRefused(await me(tokenOf('anonymised_1', ['admin'])));
    expect((await me(tokenOf('usr_1', ['user']))).status).toBe(200);
  });
});

describe('issuer, audience and the roles claim', () => {
  let door: HttpApplication;

  beforeAll(async () => {
    const auth = { issuer: 'https://id.example', audience: 'revenue', rolesClaim: 'https://example/roles' };
    door = await startHttpApplication([], doorConfig({}, auth));
  });
  afterAll(() => door.close());

  const claims = {
    sub: 'usr_1',
    exp: secondsFromNow(3600),
    iss: 'https://id.example',
    aud: ['other', 'revenue'],
    'https://example/roles': ['admin'],
  };
  const statusFor = async (payload: Record<string, unknown>): Promise<number> =>
    (await send(`${door.url}/api/auth/me`, { token: forgeToken({ payload }) })).status;

  it('must match if they are set', async () => {
    expect(await statusFor(claims)).toBe(200);
    expect(await statusFor({ ...claims, iss: 'https://evil.example' })).toBe(401);
    expect(await statusFor({ ...claims, iss: ['https://id.example'] })).toBe(401);
    expect(await statusFor({ ...claims, iss: undefined })).toBe(401);
    expect(await statusFor({ ...claims, aud: 'other' })).toBe(401);
    expect(await statusFor({ ...claims, aud: undefined })).toBe(401);
  });

  it('reads roles only from the configured claim', async () => {
    const token = forgeToken({ payload: { ...claims, roles: ['finance'] } });
    const answer = await send(`${door.url}/api/auth/me`, { token });

    expect(answer.json()).toMatchObject({ roles: ['admin'] });
  });

  it('are in the tokens that the service signs itself', async () => {
    const token = door.app.get(TokenService).issue({ sub: 'p_1', roles: ['partner'], partnerId: 'p_7' }, 60);
    const answer = await send(`${door.url}/api/auth/me`, { token });

    expect(answer.json()).toEqual({ id: 'p_1', roles: ['partner'], partnerId: 'p_7', earns: true });
  });
});

describe('TokenService', () => {
  it('signs for whole seconds and known ids only', () => {
    const tokens = new TokenService(doorConfig());

    expect(() => tokens.issue({ sub: 'usr_1', roles: [] }, 0)).toThrow('whole number of seconds');
    expect(() => tokens.issue({ sub: 'usr_1', roles: [] }, Infinity)).toThrow('whole number of seconds');
    expect(() => tokens.issue({ sub: 'not an id', roles: [] }, 60)).toThrow('ids of the platform');
  });

  it('cannot sign if an identity provider does', () => {
    const tokens = new TokenService(
      doorConfig({}, { key: { kind: 'jwks', uri: 'https://id.example/keys' } }),
    );

    expect(tokens.canIssue).toBe(false);
    expect(() => tokens.issue({ sub: 'usr_1', roles: [] }, 60)).toThrow('AUTH_JWKS_URI');
  });
});

function unsigned(header: Record<string, unknown>): string {
  return [header, GOOD].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
}

function withPayload(payload: Record<string, unknown>): string {
  const [header, , signature] = forgeToken({ payload: GOOD, secret: TEST_JWT_SECRET }).split('.');
  return `${header}.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.${signature}`;
}
