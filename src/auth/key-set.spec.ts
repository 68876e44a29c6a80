import { generateKeyPair, type CryptoKey } from 'jose';
import { problemIn, send, type Answer } from '../../test/support/http-client.js';
import {
  doorConfig,
  startHttpApplication,
  type HttpApplication,
} from '../../test/support/http-application.js';
import { IdentityProvider, signedBy } from '../../test/support/identity-provider.js';
import { ServiceClock } from '../../test/support/service-clock.js';
import { forgeToken, secondsFromNow } from '../../test/support/tokens.js';

describe('tokens of an identity provider (AUTH_JWKS_URI)', () => {
  const clock = new ServiceClock();
  let provider: IdentityProvider;
  let door: HttpApplication;

  beforeEach(async () => {
    provider = new IdentityProvider();
    const uri = await provider.start();
    door = await startHttpApplication([], doorConfig({}, { key: { kind: 'jwks', uri } }));
  });
  afterEach(async () => {
    clock.restore();
    await door.close();
    await provider.stop();
  });

  const me = (token: string): Promise<Answer> => send(`${door.url}/api/auth/me`, { token });
  const sign = (key: CryptoKey, kid: string, alg: string): Promise<string> =>
    signedBy({ key, kid, alg }, 'usr_1', ['user']);

  it.each(['RS256', 'PS384', 'ES256', 'ES512'])('are valid if signed with %s', async (alg) => {
    const key = await provider.publish('k1', alg);

    expect((await me(await sign(key, 'k1', alg))).status).toBe(200);
  });

  it('are refused if their HMAC uses a public key as its secret', async () => {
    await provider.publish('k1', 'RS256');
    const [publicKey] = provider.keys;
    const payload = { sub: 'usr_1', roles: ['admin'], exp: secondsFromNow(60) };
    const token = forgeToken({ header: { kid: 'k1' }, payload, secret: JSON.stringify(publicKey) });

    expect((await me(token)).status).toBe(401);
  });

  it('are refused if signed by a key that is not published', async () => {
    await provider.publish('k1', 'ES256');
    const { privateKey } = await generateKeyPair('ES256');

    expect((await me(await sign(privateKey, 'k1', 'ES256'))).status).toBe(401);
    expect((await me(await sign(privateKey, 'k2', 'ES256'))).status).toBe(401);
  });

  it('fetch the key set once, and for unknown keys at most every 30 seconds', async () => {
    const key = await provider.publish('k1', 'ES256');
    await me(await sign(key, 'k1', 'ES256'));
    const next = await provider.publish('k2', 'ES256');

    expect((await me(await sign(next, 'k2', 'ES256'))).status).toBe(401);
    expect(provider.fetches).toBe(1);

    clock.jump(31_000);
    expect((await me(await sign(next, 'k2', 'ES256'))).status).toBe(200);
    expect(provider.fetches).toBe(2);
  });

  it('keep callers apart that wait for the same fetch of the key set', async () => {
    const key = await provider.publish('k1', 'ES256');
    const callers = Array.from({ length: 20 }, (_, n) => `usr_${n}`);
    const answers = await Promise.all(
      callers.map(async (id) => me(await signedBy({ key, kid: 'k1', alg: 'ES256' }, id, ['user']))),
    );

    expect(answers.map((answer) => answer.json<{ id: string }>().id)).toEqual(callers);
    expect(provider.fetches).toBe(1);
  });

  it('stay valid during an outage of the provider', async () => {
    const key = await provider.publish('k1', 'ES256');
    expect((await me(await sign(key, 'k1', 'ES256'))).status).toBe(200);

    provider.isDown = true;
    clock.jump(3_000_000);
    expect((await me(await sign(key, 'k1', 'ES256'))).status).toBe(200);
  });

  it('with unknown keys cause a fetch at most every 30 seconds during an outage too', async () => {
    const key = await provider.publish('k1', 'ES256');
    await me(await sign(key, 'k1', 'ES256'));
    const next = await provider.publish('k2', 'ES256');
    const statusOf = async (kid: string): Promise<number> =>
      (await me(await sign(next, kid, 'ES256'))).status;

    provider.isDown = true;
    clock.jump(31_000);
    expect(await Promise.all(['k2', 'k3', 'k4'].map(statusOf))).toEqual([503, 503, 503]);
    clock.jump(29_000);
    const answer = await me(await sign(next, 'k2', 'ES256'));
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(30);
    expect(provider.fetches).toBe(2);

    provider.isDown = false;
    clock.jump(2_000);
    expect(await statusOf('k2')).toBe(200);
    expect(provider.fetches).toBe(3);
  });

  it('become invalid once a refresh has shown that their key was withdrawn', async () => {
    const key = await provider.publish('k1', 'ES256');
    const token = await sign(key, 'k1', 'ES256');
    await me(token);
    provider.keys = [];
    const other = await provider.publish('k2', 'ES256');

    clock.jump(700_000);
    await me(token); // starts the refresh in the background
    await me(await sign(other, 'k2', 'ES256')); // waits for it, because it needs the new set
    expect((await me(token)).status).toBe(401);
  });

  it('are answered 503 while no key set was ever fetched', async () => {
    const key = await provider.publish('k1', 'ES256');
    provider.isDown = true;

    const answer = await me(await sign(key, 'k1', 'ES256'));
    expect(answer.status).toBe(503);
    expect(problemIn(answer).code).toBe('AUTH.KEYS_UNAVAILABLE');
    expect(answer.headers.get('retry-after')).toBe('2');

    await me(await sign(key, 'k1', 'ES256'));
    expect(provider.fetches).toBe(1);
  });
});
