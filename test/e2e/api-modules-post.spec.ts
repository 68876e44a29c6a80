import { refusal, refusedFields, send, type Answer } from '../support/http-client.js';
import { importRecords } from '../support/lines.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

describe('POST /api/modules', () => {
  let service: TestService;
  const admin = tokenOf('root', ['admin']);
  const maker = tokenOf('maker', ['partner']);
  let count = 0;
  let charts: Record<string, unknown>;

  beforeAll(async () => {
    service = await startTestService();
    await importRecords(service.app, [
      { type: 'user', id: 'maker', roles: ['partner'] },
      { type: 'user', id: 'rival', roles: ['partner'] },
      { type: 'user', id: 'buyer', roles: ['user'] },
    ]);
  });
  afterAll(() => service.close());
  beforeEach(() => {
    charts = { id: `mod_${(count += 1)}`, name: 'Charts', partnerId: 'maker', creditCost: '12.50' };
  });

  const post = (body: unknown, token = admin): Promise<Answer> =>
    send(`${service.url}/api/modules`, { method: 'POST', token, body });

  it.each(['admin', 'platform'] as const)('publishes a module of a partner for %s', async (role) => {
    const answer = await post(charts, tokenOf('x', [role]));
    expect(answer.status).toBe(201);
    expect(answer.json()).toEqual({
      ...charts,
      creditCost: '12.5',
      requiresPurchasedCredits: false,
      archived: false,
    });
  });

  it('publishes a module of the platform if its partner is null, not if it is absent', async () => {
    const answer = await post({ ...charts, partnerId: null, requiresPurchasedCredits: true });
    expect(answer.status).toBe(201);
    expect(answer.json()).toMatchObject({ partnerId: null, requiresPurchasedCredits: true });
    const silent = { ...charts, id: `${String(charts.id)}-b`, partnerId: undefined };
    expect(refusal(await post(silent)).code).toBe('MODULES.PARTNER_REQUIRED');
  });

  it('publishes a module of the caller for a partner', async () => {
    const answer = await post({ ...charts, partnerId: undefined }, maker);
    expect(answer.status).toBe(201);
    expect(answer.json()).toMatchObject({ partnerId: 'maker' });
    expect((await post(charts, maker)).status).toBe(200);
    const colleague = tokenOf('colleague', ['partner'], { partnerId: 'maker' });
    expect((await post({ ...charts, partnerId: undefined }, colleague)).status).toBe(200);
  });

  it.each(['rival', 'nobody', 'buyer', null])(
    'does not publish for a partner with the token of %s',
    async (partnerId) => {
      expect(refusal(await post({ ...charts, partnerId }, maker), 403).code).toBe(
        'MODULES.PARTNER_NOT_YOURS',
      );
      expect((await send(`${service.url}/api/modules/${String(charts.id)}`, { token: admin })).status).toBe(
        404,
      );
    },
  );

  it.each(['nobody', 'buyer'])(
    'needs a partner who is a user with that role, unlike %s',
    async (partnerId) => {
      expect(refusal(await post({ ...charts, partnerId }), 422).code).toBe('MODULES.NO_SUCH_PARTNER');
      const answer = await post({ ...charts, partnerId: undefined }, tokenOf(partnerId, ['partner']));
      expect(refusal(answer, 422).code).toBe('MODULES.NO_SUCH_PARTNER');
    },
  );

  it('answers 200 to a repeated request, and does not compare absent fields', async () => {
    await post({ ...charts, archived: true });
    for (const again of [
      charts,
      { ...charts, creditCost: '12.500000' },
      { ...charts, partnerId: undefined },
    ]) {
      const answer = await post(again);
      expect(answer.status).toBe(200);
      expect(answer.json()).toMatchObject({ creditCost: '12.5', archived: true });
    }
  });

  it.each([
    ['another name', { name: 'Graphs' }],
    ['another cost', { creditCost: '12.500001' }],
    ['another partner', { partnerId: 'rival' }],
    ['no partner', { partnerId: null }],
    ['the pool changed', { requiresPurchasedCredits: true }],
  ])('refuses an existing id with %s', async (_case, fields) => {
    await post(charts);
    expect(refusal(await post({ ...charts, ...fields }), 409).code).toBe('MODULES.CONFLICT');
  });

  it('does not let a partner use an existing id, nor learn the owner', async () => {
    await post({ ...charts, partnerId: 'rival' });
    const answer = await post({ ...charts, partnerId: undefined }, maker);
    expect(refusal(answer, 409).code).toBe('MODULES.CONFLICT');
    expect(answer.text).not.toContain('rival');
  });

  it('answers one of two at once with 201 and the other with 200', async () => {
    const answers = await Promise.all([post(charts), post(charts)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 201]);
  });

  it.each([
    ['id', { id: undefined }],
    ['id', { id: '' }],
    ['id', { id: 'a'.repeat(129) }],
    ['name', { name: undefined }],
    ['name', { name: ' \t' }],
    ['name', { name: 'a\0' }],
    ['name', { name: 'a'.repeat(201) }],
    ['partnerId', { partnerId: 'a b' }],
    ['partnerId', { partnerId: ['maker'] }],
    ['creditCost', { creditCost: undefined }],
    ['creditCost', { creditCost: null }],
    ['creditCost', { creditCost: 12.5 }],
    ['creditCost', { creditCost: '1e3' }],
    ['creditCost', { creditCost: '-1' }],
    ['creditCost', { creditCost: '0.0000001' }],
    ['creditCost', { creditCost: '1000000000000' }],
    ['requiresPurchasedCredits', { requiresPurchasedCredits: 'true' }],
    ['archived', { archived: 1 }],
    ['price', { price: '1' }],
  ])('refuses a bad %s: %j', async (field, fields) => {
    expect(refusedFields(await post({ ...charts, ...fields }))).toEqual([field]);
  });

  it('keeps the largest and the smallest cost exactly', async () => {
    const largest = await post({ ...charts, creditCost: '999999999999.999999' });
    expect(largest.json()).toMatchObject({ creditCost: '999999999999.999999' });
    const smallest = await post({ ...charts, id: `${String(charts.id)}-b`, creditCost: '0.000001' });
    expect(smallest.json()).toMatchObject({ creditCost: '0.000001' });
  });

  it.each(['user', 'finance'] as const)('is not for %s', async (role) => {
    expect((await post(charts, tokenOf('maker', [role]))).status).toBe(403);
  });
});
