import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { send } from '../support/http-client.js';
import { IdentityProvider, signedBy } from '../support/identity-provider.js';
import { importRecords, type TestRecord } from '../support/lines.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

const LOGO = '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>';
const ADMIN = tokenOf('root', ['admin']);

const deployment = (id: string, moduleId: string, createdAt: string, creditCost: string): TestRecord => ({
  type: 'deployment',
  id,
  userId: 'ann',
  moduleId,
  createdAt,
  creditCost,
});

describe('GET /api/settings', () => {
  let service: TestService;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pmr-logo-'));
    writeFileSync(join(folder, 'Logo.SVG'), LOGO);
    service = await startTestService({
      env: {
        PLATFORM_NAME: 'Acme Cloud',
        PLATFORM_LOGO: join(folder, 'Logo.SVG'),
        PLATFORM_ACCENT: '#0A7D5A',
      },
    });
  });
  afterAll(async () => {
    await service.close();
    rmSync(folder, { recursive: true });
  });

  const settingsOf = async (token: string): Promise<Record<string, unknown>> => {
    const answer = await send(`${service.url}/api/settings`, { token });
    expect(answer.status).toBe(200);
    return answer.json<Record<string, unknown>>();
  };
  const set = (key: string, value: string) =>
    send(`${service.url}/api/variables/${key}`, { method: 'PUT', token: ADMIN, body: { value } });

  const PLATFORM = { name: 'Acme Cloud', logo: '/page/platform-logo.svg', accent: '#0a7d5a' };
  const NO_DAYS = { firstDay: null, lastDay: null };

  it('returns the defaults of an empty service', async () => {
    expect(await settingsOf(ADMIN)).toEqual({
      platform: PLATFORM,
      currency: 'USD',
      currencyPlaces: 2,
      timeZone: 'UTC',
      partnerRevenueShare: '30',
      deployments: NO_DAYS,
      signsInHere: true,
    });
  });

  it.each([
    ['JPY', 0],
    ['KWD', 3],
    ['EUR', 2],
  ])('returns the places of %s: %i', async (currency, places) => {
    expect((await set('currency', currency)).status).toBe(200);

    expect(await settingsOf(ADMIN)).toMatchObject({ currency, currencyPlaces: places });
  });

  describe('with deployments', () => {
    beforeAll(async () => {
      const { refusals } = await importRecords(service.app, [
        { type: 'user', id: 'ann', roles: ['user'] },
        { type: 'user', id: 'acme', roles: ['partner'] },
        { type: 'user', id: 'bolt', roles: ['partner'] },
        { type: 'module', id: 'maps', name: 'Maps', partnerId: 'acme', creditCost: '1' },
        { type: 'module', id: 'core', name: 'Core', partnerId: null, creditCost: '1' },
        {
          type: 'purchase',
          externalId: 'buy',
          userId: 'ann',
          credits: '5',
          amount: '1',
          occurredAt: '2026-01-01T00:00:00Z',
        },
        deployment('d-1', 'core', '2026-01-31T23:30:00Z', '1'),
        deployment('d-2', 'maps', '2026-03-01T12:00:00Z', '1'),
        deployment('d-3', 'maps', '2026-04-30T21:59:59.999999Z', '0'),
        deployment('d-4', 'core', '2026-05-31T22:00:00Z', '99'),
      ]);
      expect(refusals).toEqual([]);
      expect((await set('timeZone', 'Europe/Berlin')).status).toBe(200);
      expect((await set('partnerRevenueShare', '32.5')).status).toBe(200);
    });

    it.each([
      ['finance', tokenOf('fin', ['finance']), { firstDay: '2026-02-01', lastDay: '2026-06-01' }],
      ['an admin', ADMIN, { firstDay: '2026-02-01', lastDay: '2026-06-01' }],
      [
        'finance that is a partner as well',
        tokenOf('acme', ['finance', 'partner']),
        { firstDay: '2026-02-01', lastDay: '2026-06-01' },
      ],
      ['a partner', tokenOf('acme', ['partner']), { firstDay: '2026-03-01', lastDay: '2026-04-30' }],
      [
        'a colleague of a partner',
        tokenOf('x', ['partner'], { partnerId: 'acme' }),
        { firstDay: '2026-03-01', lastDay: '2026-04-30' },
      ],
      ['a partner without deployments', tokenOf('bolt', ['partner']), NO_DAYS],
    ])('returns share and local days of what %s sees', async (_who, token, deployments) => {
      const found = await settingsOf(token);

      expect(found).toMatchObject({ timeZone: 'Europe/Berlin', partnerRevenueShare: '32.5', deployments });
    });

    it.each(['user', 'platform'])('returns neither share nor days to the role %s', async (role) => {
      const found = await settingsOf(tokenOf('ann', [role]));

      expect(found).toMatchObject({ platform: PLATFORM, currency: 'EUR', deployments: NO_DAYS });
      expect(found).not.toHaveProperty('partnerRevenueShare');
    });
  });

  it('is preceded by the name, logo and colour for users who have not signed in yet', async () => {
    const brand = await send(`${service.url}/page/platform.json`);
    expect([brand.status, brand.headers.get('cache-control')]).toEqual([200, 'no-cache']);
    expect(brand.json()).toEqual(PLATFORM);

    const logo = await send(`${service.url}${PLATFORM.logo}`);
    expect([logo.status, logo.headers.get('content-type'), logo.text]).toEqual([200, 'image/svg+xml', LOGO]);
    expect(logo.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('reports, if an identity provider signs users in, that they do not sign in here', async () => {
    const provider = new IdentityProvider();
    const env = { AUTH_JWT_SECRET: undefined, AUTH_JWKS_URI: await provider.start() };
    const other = await startTestService({ env, database: service.database });
    try {
      const key = await provider.publish('k1', 'ES256');
      const token = await signedBy({ key, kid: 'k1', alg: 'ES256' }, 'usr_1', ['user']);
      const settings = await send(`${other.url}/api/settings`, { token });
      expect(settings.json()).toMatchObject({
        platform: { name: 'Module Revenue', logo: null, accent: null },
        signsInHere: false,
      });
      expect((await send(`${other.url}/page/platform-logo.svg`)).status).toBe(404);
    } finally {
      await other.close();
      await provider.stop();
    }
  });
});
