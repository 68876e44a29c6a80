import { refusal, refusedFields, send, type Answer } from '../support/http-client.js';
import { importRecords } from '../support/lines.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

describe('PATCH /api/modules/{id}', () => {
  let service: TestService;
  const admin = tokenOf('root', ['admin']);
  const maker = tokenOf('maker', ['partner']);
  let count = 0;
  let id: string;

  beforeAll(async () => {
    service = await startTestService();
    await importRecords(service.app, [
      { type: 'user', id: 'maker', roles: ['partner'] },
      { type: 'user', id: 'rival', roles: ['partner'] },
      { type: 'user', id: 'buyer', roles: ['user'] },
    ]);
  });
  afterAll(() => service.close());
  beforeEach(async () => {
    id = `mod_${(count += 1)}`;
    await importRecords(service.app, [
      { type: 'module', id, name: 'Charts', partnerId: 'maker', creditCost: '10' },
    ]);
  });

  const patch = (body: unknown, token = admin, moduleId = id): Promise<Answer> =>
    send(`${service.url}/api/modules/${moduleId}`, { method: 'PATCH', token, body });
  const get = async (): Promise<Record<string, unknown>> =>
    (await send(`${service.url}/api/modules/${id}`, { token: admin })).json();
  const deploy = (): Promise<unknown> =>
    importRecords(service.app, [
      { type: 'deployment', id: `d-${id}`, userId: 'buyer', moduleId: id, createdAt: '2026-01-01T00:00:00Z' },
    ]);

  it.each([
    ['its partner', maker],
    ['a colleague of its partner', tokenOf('colleague', ['partner'], { partnerId: 'maker' })],
    ['admin', admin],
    ['platform', tokenOf('backend', ['platform'])],
  ])('lets %s change the sent fields, and leaves the rest', async (_who, token) => {
    expect((await patch({ name: 'Graphs' }, token)).status).toBe(200);
    const answer = await patch({ creditCost: '0.50', requiresPurchasedCredits: true, archived: true }, token);
    expect(answer.status).toBe(200);
    expect(answer.json()).toEqual({
      id,
      name: 'Graphs',
      partnerId: 'maker',
      creditCost: '0.5',
      requiresPurchasedCredits: true,
      archived: true,
    });
    expect(await get()).toEqual(answer.json());
    expect((await patch({ archived: false }, token)).json()).toMatchObject({
      archived: false,
      name: 'Graphs',
    });
  });

  it.each([
    [{}],
    [{ name: null, creditCost: null, archived: null }],
    [{ name: 'Charts', creditCost: '10.0' }],
  ])('changes nothing by %j', async (body) => {
    const before = await get();
    expect((await patch(body)).json()).toEqual(before);
  });

  it('does not let a partner edit modules of others', async () => {
    for (const fields of [{ name: 'Mine now' }, { partnerId: 'rival' }, {}]) {
      const answer = await patch(fields, tokenOf('rival', ['partner']));
      expect(refusal(answer, 403).code).toBe('MODULES.FOREIGN');
    }
    await patch({ partnerId: null });
    expect(refusal(await patch({ name: 'Mine now' }, maker), 403).code).toBe('MODULES.FOREIGN');
    expect(await get()).toMatchObject({ name: 'Charts', partnerId: null });
  });

  it('does not let a partner give its module away, but lets it name itself', async () => {
    for (const partnerId of ['rival', null]) {
      expect(refusal(await patch({ partnerId }, maker), 403).code).toBe('MODULES.PARTNER_NOT_YOURS');
    }
    expect((await patch({ partnerId: 'maker', name: 'Graphs' }, maker)).status).toBe(200);
  });

  it('lets an administrator hand a module over until it is deployed', async () => {
    expect((await patch({ partnerId: 'rival' })).json()).toMatchObject({ partnerId: 'rival' });
    expect((await patch({ partnerId: null })).json()).toMatchObject({ partnerId: null });
    expect((await patch({ partnerId: 'maker' })).json()).toMatchObject({ partnerId: 'maker' });
    await deploy();
    for (const partnerId of ['rival', null]) {
      const answer = await patch({ partnerId, name: 'Handed over' });
      expect(refusal(answer, 409).code).toBe('MODULES.PARTNER_IS_FROZEN');
    }
    expect(await get()).toMatchObject({ partnerId: 'maker', name: 'Charts' });
    expect((await patch({ partnerId: 'maker', name: 'Graphs', archived: true })).status).toBe(200);
  });

  it.each(['nobody', 'buyer'])(
    'needs a partner who is a user with that role, unlike %s',
    async (partnerId) => {
      expect(refusal(await patch({ partnerId }), 422).code).toBe('MODULES.NO_SUCH_PARTNER');
    },
  );

  it.each([
    ['id', { id: 'other' }],
    ['name', { name: '' }],
    ['partnerId', { partnerId: 7 }],
    ['creditCost', { creditCost: 1 }],
    ['creditCost', { creditCost: '01' }],
    ['requiresPurchasedCredits', { requiresPurchasedCredits: 0 }],
    ['archived', { archived: 'yes' }],
  ])('refuses a bad %s: %j', async (field, body) => {
    expect(refusedFields(await patch(body))).toEqual([field]);
  });

  it('answers 404 for an unknown module', async () => {
    expect(refusal(await patch({ name: 'X' }, maker, 'nothing'), 404).code).toBe('MODULES.NOT_FOUND');
    expect(refusal(await patch({ name: 'X' }, admin, 'nothing'), 404).code).toBe('MODULES.NOT_FOUND');
  });

  it.each(['user', 'finance'] as const)('is not for %s', async (role) => {
    expect((await patch({ name: 'X' }, tokenOf('maker', [role]))).status).toBe(403);
  });
});
