import { refusal, send, type Answer } from '../support/http-client.js';
import { IdentityProvider, signedBy } from '../support/identity-provider.js';
import { ServiceClock } from '../support/service-clock.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

const ALG = 'ES256';

describe('the service with tokens of an identity provider (AUTH_JWKS_URI)', () => {
  const clock = new ServiceClock();
  let provider: IdentityProvider;
  let service: TestService;

  beforeEach(async () => {
    provider = new IdentityProvider();
    const AUTH_JWKS_URI = await provider.start();
    service = await startTestService({ env: { AUTH_JWT_SECRET: undefined, AUTH_JWKS_URI } });
  });
  afterEach(async () => {
    clock.restore();
    await service?.close();
    await provider.stop();
  });

  const modules = (token: string): Promise<Answer> => send(`${service.url}/api/modules`, { token });
  /** Publishes a key with this id, and returns a function that signs with it. */
  const signer = async (kid: string): Promise<() => Promise<string>> => {
    const key = await provider.publish(kid, ALG);
    return () => signedBy({ key, kid, alg: ALG }, 'usr_1', ['user']);
  };

  it('reads roles from the signed token, and accepts no token signed with the shared secret', async () => {
    const sign = await signer('k1');

    expect((await modules(await sign())).status).toBe(200);
    refusal(await send(`${service.url}/api/users`, { token: await sign() }), 403);
    refusal(await modules(tokenOf('usr_1', ['user'])), 401);
  });

  it('accepts a rotated key, and rejects the one that was withdrawn', async () => {
    const signOld = await signer('old');
    expect((await modules(await signOld())).status).toBe(200);

    provider.keys = [];
    const signNew = await signer('new');
    clock.jump(31_000);

    expect((await modules(await signNew())).status).toBe(200);
    refusal(await modules(await signOld()), 401);
    expect(provider.fetches).toBe(2);
  });

  it('asks the provider at most once per 30 seconds, whatever key ids the tokens have', async () => {
    const sign = await signer('k1');
    await modules(await sign());
    const key = await provider.publish('elsewhere', ALG);
    provider.keys = provider.keys.slice(0, 1);
    const crowd = (): Promise<Answer[]> =>
      Promise.all(
        Array.from({ length: 40 }, async (_, n) =>
          modules(await signedBy({ key, kid: `made-up-${n}`, alg: ALG }, 'usr_1', ['admin'])),
        ),
      );

    for (const answer of await crowd()) refusal(answer, 401);
    expect(provider.fetches).toBe(1);
    clock.jump(31_000);
    for (const answer of await crowd()) refusal(answer, 401);
    expect(provider.fetches).toBe(2);
    expect((await modules(await sign())).status).toBe(200);
  });

  it('continues with its keys while the provider is not available', async () => {
    const sign = await signer('k1');
    await modules(await sign());
    provider.isDown = true;

    for (const hours of [1, 24, 24 * 30]) {
      clock.jump(hours * 3_600_000);
      expect((await modules(await sign())).status).toBe(200);
    }
  });
});
