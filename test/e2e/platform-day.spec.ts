import { revenueClient, type RevenueClient } from '../../client/index.js';
import { documentedFetch } from '../support/http-client.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

/** The data of a successful response; an error response fails the test. */
function good<Data>({ data, error }: { data?: Data; error?: unknown }): Data {
  if (data === undefined) throw new Error(`refused: ${JSON.stringify(error)}`);
  return data;
}

/**
 * Everything that a platform does in a day, in order, only through the generated client. If something does not compile
 * or run here, an integrator cannot do it.
 */
describe('a day of a platform, through the typed client only', () => {
  let service: TestService;
  const as: Record<'shop' | 'acme' | 'ann' | 'finance' | 'admin', RevenueClient> = {} as typeof as;
  /** Ann's deployments, in order. */
  const deployed: string[] = [];

  beforeAll(async () => {
    service = await startTestService();
    const { url } = service;
    as.shop = revenueClient({ url, token: tokenOf('shop', ['platform']), fetch: documentedFetch });
    as.acme = revenueClient({ url, token: tokenOf('acme', ['partner']), fetch: documentedFetch });
    as.ann = revenueClient({ url, token: tokenOf('ann', ['user']), fetch: documentedFetch });
    as.finance = revenueClient({ url, token: tokenOf('fin', ['finance']), fetch: documentedFetch });
    as.admin = revenueClient({ url, token: tokenOf('root', ['admin']), fetch: documentedFetch });
  });
  afterAll(() => service?.close());

  it('records users', async () => {
    for (const body of [
      { id: 'acme', name: 'Acme Tools', email: 'hello@acme.example', roles: ['partner' as const] },
      { id: 'ann', name: 'Ann Reed', roles: ['user' as const] },
    ]) {
      const { response } = await as.shop.POST('/api/users', { body });
      expect(response.status).toBe(201);
    }
    expect(good(await as.acme.GET('/api/auth/me'))).toMatchObject({ id: 'acme', partnerId: 'acme' });
  });

  it('publishes modules: one of a partner, one of the platform', async () => {
    const maps = good(
      await as.acme.POST('/api/modules', { body: { id: 'maps', name: 'Maps', creditCost: '40' } }),
    );
    expect(maps.partnerId).toBe('acme');
    good(
      await as.acme.POST('/api/modules', {
        body: { id: 'atlas', name: 'Atlas', creditCost: '10', requiresPurchasedCredits: true },
      }),
    );
    good(
      await as.admin.POST('/api/modules', {
        body: { id: 'core', name: 'Core', partnerId: null, creditCost: '5' },
      }),
    );

    const found = good(await as.ann.GET('/api/modules'));
    expect(found.data.map(({ id, creditCost }) => [id, creditCost])).toEqual(
      expect.arrayContaining([
        ['maps', '40'],
        ['atlas', '10'],
        ['core', '5'],
      ]),
    );
  });

  it('awards credits once, however often it is sent', async () => {
    const body = { externalId: 'welcome-ann', userId: 'ann', credits: '12', reason: 'Welcome' };
    const headers = { 'Idempotency-Key': 'signup-ann' };
    const first = await as.shop.POST('/api/credits/awards', { body, headers });
    const again = await as.shop.POST('/api/credits/awards', { body, headers });

    expect(first.response.status).toBe(201);
    expect(good(again)).toEqual(good(first));
    expect(good(await as.ann.GET('/api/credits/balance'))).toMatchObject({ free: '12', purchased: '0' });
  });

  it('refuses a deployment without enough credits, and reports what is missing', async () => {
    const { error, response } = await as.ann.POST('/api/deployments', { body: { moduleId: 'maps' } });

    expect(response.status).toBe(402);
    expect(error).toMatchObject({
      code: 'CREDITS.INSUFFICIENT',
      required: '40',
      available: '12',
      missing: '28',
    });
  });

  it('sells credits', async () => {
    const body = { externalId: 'order-1', userId: 'ann', credits: '100', amount: '8' };
    const purchase = good(await as.shop.POST('/api/credits/purchases', { body }));

    expect(purchase.balance).toEqual({ free: '12', purchased: '100', total: '112', unpaid: '0' });
  });

  it('charges only the expected cost', async () => {
    const body = { moduleId: 'maps', expectedCost: '35' };
    const { error, response } = await as.ann.POST('/api/deployments', { body });

    expect(response.status).toBe(409);
    expect(error).toMatchObject({ code: 'MODULES.PRICE_CHANGED', expectedCost: '35', creditCost: '40' });
  });

  it('deploys: free credits first, unless the module requires purchased ones', async () => {
    for (const [moduleId, expectedCost, free, purchased, total] of [
      ['maps', '40', '12', '28', '72'],
      ['atlas', '10', '0', '10', '62'],
      ['core', '5', '0', '5', '57'],
      ['maps', '40', '0', '40', '17'],
    ] as const) {
      const deployment = good(await as.ann.POST('/api/deployments', { body: { moduleId, expectedCost } }));
      expect(deployment).toMatchObject({
        freeCredits: free,
        purchasedCredits: purchased,
        balance: { total },
      });
      deployed.push(deployment.id);
    }
    const path = { id: deployed[0] as string };
    expect(good(await as.ann.GET('/api/deployments/{id}', { params: { path } })).pieces).toHaveLength(2);
    const hidden = await as.acme.GET('/api/deployments/{id}', { params: { path } });
    expect(hidden.response.status).toBe(404);
  });

  it('refunds half of a deployment', async () => {
    const params = { path: { id: deployed[3] as string } };
    const refund = good(
      await as.shop.POST('/api/deployments/{id}/refunds', { params, body: { credits: '20' } }),
    );

    expect(refund).toMatchObject({ refundedCredits: '20', balance: { purchased: '37' } });
  });

  it('spends credits on a project, and refunds a purchase', async () => {
    const spend = { externalId: 'project-1', userId: 'ann', credits: '7', category: 'project' as const };
    good(await as.shop.POST('/api/credits/spends', { body: spend }));
    const back = good(
      await as.finance.POST('/api/credits/purchases/{externalId}/refunds', {
        params: { path: { externalId: 'order-1' } },
        body: { credits: '10', reason: 'Goodwill' },
      }),
    );

    expect(back.balance).toMatchObject({ purchased: '20' });
  });

  it('reads the balance and its history', async () => {
    const balance = good(await as.ann.GET('/api/credits/balance'));
    expect(balance).toMatchObject({ free: '0', purchased: '20', total: '20', unpaid: '0' });
    expect(balance.lots.map(({ leftCredits }) => leftCredits)).toEqual(['20']);

    const params = { query: { userId: 'ann', limit: 500 } };
    const { data } = good(await as.shop.GET('/api/credits/history', { params }));
    expect(data.map(({ type, balanceAfter }) => [type, balanceAfter.total])).toEqual([
      ['award', '12'],
      ['purchase', '112'],
      ['deployment', '72'],
      ['deployment', '62'],
      ['deployment', '57'],
      ['deployment', '17'],
      ['refund', '37'],
      ['spend', '30'],
      ['purchaseRefund', '20'],
    ]);
  });

  it("shows the partner its revenue, but not the customer's name", async () => {
    const report = good(await as.acme.GET('/api/revenue', { params: { query: { order: 'asc' } } }));

    expect(report.data.map((row) => [row.moduleId, row.grossRevenue, row.revenue])).toEqual([
      ['maps', '2.24', '0.672'],
      ['atlas', '0.8', '0.24'],
      ['maps', '1.6', '0.48'],
    ]);
    expect(report.totals).toMatchObject({ deployments: 3, grossRevenue: '4.64', revenue: '1.392' });
    expect(report.partnerRevenueShare).toBe('30');
    expect(JSON.stringify(report)).not.toMatch(/ann/i);

    const query = { moduleId: ['maps'] };
    const ofMaps = good(await as.acme.GET('/api/revenue', { params: { query } }));
    expect(ofMaps.totals).toMatchObject({ deployments: 2, revenue: '1.152' });
  });

  it('changes the share, unless it was changed first', async () => {
    const params = { path: { key: 'partnerRevenueShare' } } as const;
    const refused = await as.finance.PUT('/api/variables/{key}', { params, body: { value: '32.5' } });
    expect(refused.response.status).toBe(403);

    const { response } = await as.admin.GET('/api/variables/{key}', { params });
    const headers = { 'If-Match': response.headers.get('etag') as string };
    const put = (value: string): Promise<{ response: Response }> =>
      as.admin.PUT('/api/variables/{key}', { params, body: { value }, headers });
    expect((await put('32.5')).response.status).toBe(200);
    expect((await put('35')).response.status).toBe(412);
  });

  it('shows the partner its revenue at the new share', async () => {
    const report = good(await as.acme.GET('/api/revenue'));

    expect(report.partnerRevenueShare).toBe('32.5');
    expect(report.totals).toMatchObject({ grossRevenue: '4.64', revenue: '1.508' });
    const path = { deploymentId: deployed[0] as string };
    const story = good(await as.acme.GET('/api/revenue/{deploymentId}', { params: { path } }));
    expect(story).toMatchObject({ grossRevenue: '2.24', revenue: '0.728' });
  });

  it('shows the audit', async () => {
    const { data } = good(await as.admin.GET('/api/audit', { params: { query: { limit: 500 } } }));

    expect(data.map(({ actor, outcome }) => `${actor} ${outcome}`)).toEqual(
      expect.arrayContaining(['acme done', 'ann done', 'shop done', 'fin done', 'root done']),
    );
  });
});
