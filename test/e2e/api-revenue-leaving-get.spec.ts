import { isClean, RevenueService } from '../../src/revenue/index.js';
import { refusal, send, type Answer } from '../support/http-client.js';
import { importRecords } from '../support/lines.js';
import { ACME, FINANCE, revenueReport } from '../support/revenue-client.js';
import { revenuePlatform } from '../support/revenue-platform.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

/** What remains after users leave: their history, for all who could see it before. */
describe('GET /api/revenue, after', () => {
  let service: TestService;
  const admin = tokenOf('root', ['admin']);

  beforeEach(async () => {
    service = await startTestService();
    expect((await importRecords(service.app, revenuePlatform())).refusals).toEqual([]);
  });
  afterEach(() => service.close());

  const patch = (path: string, body: unknown): Promise<Answer> =>
    send(`${service.url}${path}`, { method: 'PATCH', token: admin, body });
  const reports = async (query: string): Promise<unknown[]> =>
    Promise.all(
      [FINANCE, ACME].map(async (token) => {
        const { data, totals } = await revenueReport(service, `${query}&includeFree=true&limit=500`, token);
        return { data, totals };
      }),
    );
  const isVerified = async (): Promise<boolean> =>
    isClean(await service.app.get(RevenueService, { strict: false }).verify());

  it('a module was archived: it has no new deployments and its report is unchanged', async () => {
    const before = await reports('moduleId=a-maps');
    expect((await patch('/api/modules/a-maps', { archived: true })).json()).toMatchObject({ archived: true });
    expect(await reports('moduleId=a-maps')).toEqual(before);

    const deploy = { method: 'POST', token: tokenOf('ann', ['user']), body: { moduleId: 'a-maps' } };
    expect(refusal(await send(`${service.url}/api/deployments`, deploy), 422).code).toBe(
      'CREDITS.MODULE_ARCHIVED',
    );
    // An event from before, recorded only now, still belongs to the module.
    const fact = { moduleId: 'a-maps', userId: 'ann', id: 'told-late', createdAt: '2026-01-20T00:00:00Z' };
    const told = await send(`${service.url}/api/deployments`, { method: 'POST', token: admin, body: fact });
    expect(told.status).toBe(201);
    const { data } = await revenueReport(service, 'moduleId=a-maps&includeFree=true&limit=500');
    expect(data.map(({ deploymentId }) => deploymentId)).toContain('told-late');
    expect(await isVerified()).toBe(true);
  });

  it('a partner lost its role: finance sees its history, but the partner does not', async () => {
    const [before] = await reports('partnerId=acme');
    expect((await patch('/api/users/acme', { roles: ['user'] })).json()).toMatchObject({ roles: ['user'] });
    const [finance] = await reports('partnerId=acme');
    expect(finance).toEqual(before);
    // Roles come only from the token, so a token without the role is refused at once.
    refusal(await send(`${service.url}/api/revenue`, { token: tokenOf('acme', ['user']) }), 403);
    // A user without the role partner cannot get a module.
    const given = { id: 'new', name: 'New', partnerId: 'acme', creditCost: '1' };
    const answer = await send(`${service.url}/api/modules`, { method: 'POST', token: admin, body: given });
    expect(answer.status).toBe(422);
    expect(await isVerified()).toBe(true);
  });

  it('a partner bought modules of another one: each is named, with the role and without', async () => {
    const day = '2026-01-21T00:00:00Z';
    const lines = [
      {
        type: 'purchase',
        externalId: 'bolt-buys',
        userId: 'bolt',
        credits: '5',
        amount: '1',
        occurredAt: day,
      },
      { type: 'deployment', id: 'bolt-deploys', userId: 'bolt', moduleId: 'a-maps', createdAt: day },
    ] as const;
    expect((await importRecords(service.app, [...lines])).refusals).toEqual([]);
    const named = async (): Promise<unknown> => {
      const { data } = await revenueReport(service, 'moduleId=a-maps&limit=500');
      return data.find(({ deploymentId }) => deploymentId === 'bolt-deploys');
    };
    const both = { partnerEmail: 'hello@acme.example', userEmail: '+sum@bolt.example' };
    expect(await named()).toMatchObject(both);
    for (const id of ['acme', 'bolt']) await patch(`/api/users/${id}`, { roles: ['user'] });
    expect(await named()).toMatchObject(both);
  });

  it('a partner was anonymised: finance sees its history, without its e-mail address', async () => {
    const before = await revenueReport(service, 'partnerId=acme&includeFree=true&limit=500');
    const erased = await send(`${service.url}/api/users/acme/anonymise`, { method: 'POST', token: admin });
    expect(erased.status).toBe(200);
    const { data, totals } = await revenueReport(service, 'partnerId=acme&includeFree=true&limit=500');
    expect(totals).toEqual(before.totals);
    expect(data).toEqual(before.data.map((row) => ({ ...row, partnerEmail: null })));
    expect(before.data.every(({ partnerEmail }) => partnerEmail === 'hello@acme.example')).toBe(true);
    refusal(await send(`${service.url}/api/revenue`, { token: ACME }), 401);
    expect(await isVerified()).toBe(true);
  });
});
