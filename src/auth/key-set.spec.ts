import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { problemIn, send, type Answer } from '../../test/support/http-client.js';
import {
  doorConfig,
  startHttpApplication,
  type HttpApplication,
} from '../../test/support/http-application.js';
import { forgeToken, secondsFromNow } from '../../test/support/tokens.js';

/** An identity provider whose key set and mood the test decides. */
class IdentityProvider {
  private readonly server: Server = createServer((_request, response) => {
    this.fetches += 1;
    response.writeHead(this.isDown ? 500 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ keys: this.keys }));
  });
  keys: JWK[] = [];
  isDown = false;
  fetches = 0;

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/keys`;
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  /** Makes a key pair and publishes the public half. */
  async publish(kid: string, alg: string): Promise<CryptoKey> {
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
    this.keys = [...this.keys, { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' }];
    return privateKey;
  }
}

describe('tokens of an identity provider (AUTH_JWKS_URI)', () => {
  let provider: IdentityProvider;
  let door: HttpApplication;

  beforeEach(async () => {
    provider = new IdentityProvider();
    const uri = await provider.start();
    door = await startHttpApplication([], doorConfig({}, { key: { kind: 'jwks', uri } }));
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await door.close();
    await provider.stop();
  });

  const me = (token: string): Promise<Answer> => send(`${door.url}/api/auth/me`, { token });
  const sign = (key: CryptoKey, kid: string, alg: string): Promise<string> =>
    new SignJWT({ roles: ['user'] })
      .setProtectedHeader({ alg, kid, typ: 'at+jwt' })
      .setSubject('usr_1')
      .setExpirationTime('1h')
      .sign(key);
  /** Lets the service's clock jump, while its timers and sockets go on. */
  const jump = (ms: number): void => {
    const { now } = Date;
    jest.spyOn(Date, 'now').mockImplementation(() => now() + ms);
  };

  it.each(['RS256', 'PS384', 'ES256', 'ES512'])('are good when signed with %s', async (alg) => {
    const key = await provider.publish('k1', alg);

    expect((await me(await sign(key, 'k1', alg))).status).toBe(200);
  });

  it('are refused when an HMAC was made with a public key as its secret', async () => {
    await provider.publish('k1', 'RS256');
    const [publicKey] = provider.keys;
    const payload = { sub: 'usr_1', roles: ['admin'], exp: secondsFromNow(60) };
    const token = forgeToken({ header: { kid: 'k1' }, payload, secret: JSON.stringify(publicKey) });

    expect((await me(token)).status).toBe(401);
  });

  it('are refused when signed by a key that is not published', async () => {
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

    jump(31_000);
    expect((await me(await sign(next, 'k2', 'ES256'))).status).toBe(200);
    expect(provider.fetches).toBe(2);
  });

  it('stay good through an outage of the provider', async () => {
    const key = await provider.publish('k1', 'ES256');
    expect((await me(await sign(key, 'k1', 'ES256'))).status).toBe(200);

    provider.isDown = true;
    jump(3_000_000);
    expect((await me(await sign(key, 'k1', 'ES256'))).status).toBe(200);
  });

  it('are good no longer once a refresh has shown that their key was withdrawn', async () => {
    const key = await provider.publish('k1', 'ES256');
    const token = await sign(key, 'k1', 'ES256');
    await me(token);
    provider.keys = [];
    const other = await provider.publish('k2', 'ES256');

    jump(700_000);
    await me(token); // starts the refresh in the background
    await me(await sign(other, 'k2', 'ES256')); // waits for it, as it needs the new set
    expect((await me(token)).status).toBe(401);
  });

  it('cannot be judged, which is no fault of theirs, while no key set could ever be fetched', async () => {
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
