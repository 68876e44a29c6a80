import { isClean, RevenueService } from '../../src/revenue/index.js';
import { EntryWriter, unchanged, WRITERS } from '../support/entry-writer.js';
import { refusal, refusedFields } from '../support/http-client.js';
import type { TestRecord } from '../support/lines.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

const DAYS = [1, 2, 3, 4, 5].map((day) => `2026-02-0${day}T00:00:00Z`);

/** 3 free credits and 10 purchased for 1; a deployment of 4 that took 3 and 1. */
function history(prefix: string): TestRecord[] {
  return [
    { type: 'award', externalId: `${prefix}.gift`, credits: '3', occurredAt: DAYS[0] },
    { type: 'purchase', externalId: `${prefix}.buy`, credits: '10', amount: '1', occurredAt: DAYS[0] },
    { type: 'deployment', id: `${prefix}.dep`, moduleId: 'maps', createdAt: DAYS[2] },
  ];
}

describe('refunds over HTTP', () => {
  let service: TestService;
  let client: EntryWriter;
  let cases = 0;
  let prefix: string;
  let userId: string;

  beforeAll(async () => {
    service = await startTestService();
    client = new EntryWriter(service);
    await client.settle();
  });
  afterAll(async () => {
    const verification = await service.app.get(RevenueService, { strict: false }).verify();
    await service.close();
    expect(isClean(verification)).toBe(true);
  });
  beforeEach(async () => {
    prefix = `c${(cases += 1)}`;
    userId = await client.user(...history(prefix));
  });

  const refund = (body: unknown, token?: string): ReturnType<EntryWriter['post']> =>
    client.post(`deployments/${prefix}.dep/refunds`, body, token);
  const payBack = (body: unknown, token?: string): ReturnType<EntryWriter['post']> =>
    client.post(`credits/purchases/${prefix}.buy/refunds`, body, token);

  describe('POST /api/deployments/{id}/refunds', () => {
    it('returns the last payment first, and shows what is left of the deployment', async () => {
      const answer = await refund({ externalId: `${prefix}.r`, credits: '2', reason: 'did not start' });
      expect(answer.status).toBe(201);
      expect(answer.json()).toEqual({
        externalId: `${prefix}.r`,
        deploymentId: `${prefix}.dep`,
        userId,
        credits: '2',
        occurredAt: expect.any(String) as string,
        refundedCredits: '2',
        cancelledCredits: '0',
        returns: [
          { pool: 'purchased', lotId: `${prefix}.buy`, credits: '1', value: '0.1', lapsed: false },
          { pool: 'free', lotId: `${prefix}.gift`, credits: '1', value: '0', lapsed: false },
        ],
        settlements: [],
        balance: { free: '1', purchased: '10', total: '11', unpaid: '0' },
        balanceBefore: { free: '0', purchased: '9', total: '9', unpaid: '0' },
        changedDeployments: [`${prefix}.dep`],
        revenueChanges: [{ moduleId: 'maps', partnerId: 'maker', grossRevenue: '-0.1' }],
      });
      expect((await client.get(`deployments/${prefix}.dep`)).json()).toMatchObject({
        refundedCredits: '2',
        freeCredits: '2',
        purchasedCredits: '0',
        pieces: [{ pool: 'free', credits: '2' }],
      });
    });

    it('refunds all that is left without stated credits, and nothing more after that', async () => {
      await refund({ credits: '1.5' });
      expect((await refund({})).json()).toMatchObject({ credits: null, refundedCredits: '2.5' });
      expect(refusal(await refund({}), 422).code).toBe('CREDITS.NOTHING_LEFT');
    });

    it('refuses more than what is left, and a time before the deployment', async () => {
      expect(refusal(await refund({ credits: '4.000001' }), 422).code).toBe('CREDITS.MORE_THAN_LEFT');
      const early = await refund({ credits: '1', occurredAt: DAYS[1] });
      expect(refusal(early, 422)).toMatchObject({ code: 'CREDITS.BEFORE_DEPLOYMENT' });
      expect(early.json()).toMatchObject({ detail: expect.stringMatching(/^The refund is/) as string });
    });

    it('that is recorded late leaves more credits for later deployments', async () => {
      await client.post('deployments', {
        id: `${prefix}.later`,
        userId,
        moduleId: 'core',
        creditCost: '2',
        createdAt: DAYS[4],
      });
      expect((await refund({ externalId: `${prefix}.r`, occurredAt: DAYS[3] })).json()).toMatchObject({
        refundedCredits: '4',
        balance: { free: '1', purchased: '10' },
        changedDeployments: [`${prefix}.dep`, `${prefix}.later`],
      });
      const again = await refund({ externalId: `${prefix}.r` });
      expect([again.status, again.json()]).toMatchObject([200, { refundedCredits: '4' }]);
    });

    it('cancels the unpaid part, and settles other debts with the returned credits', async () => {
      const owing = await client.user(
        { type: 'award', externalId: `${prefix}.small`, credits: '3', occurredAt: DAYS[0] },
        { type: 'deployment', id: `${prefix}.first`, moduleId: 'maps', createdAt: DAYS[1] },
        { type: 'deployment', id: `${prefix}.second`, moduleId: 'maps', createdAt: DAYS[2] },
      );
      const answer = await client.post(`deployments/${prefix}.first/refunds`, {});
      expect(answer.json()).toMatchObject({
        userId: owing,
        refundedCredits: '4',
        cancelledCredits: '1',
        returns: [{ credits: '3' }],
        settlements: [{ type: 'deployment', id: `${prefix}.second`, credits: '3' }],
        balance: { free: '0', unpaid: '1' },
        changedDeployments: [`${prefix}.first`, `${prefix}.second`],
      });
    });

    it('repeats with the same content, and conflicts with any other', async () => {
      const body = { externalId: `${prefix}.r`, credits: '2', reason: 'one' };
      const first = await refund(body);
      for (const again of [body, { ...body, reason: 'two' }, { ...body, credits: undefined }]) {
        const answer = await refund(again);
        expect(answer.status).toBe(200);
        expect(answer.json()).toEqual({ ...first.json<object>(), ...unchanged(first.json()) });
      }
      expect(refusal(await refund({ ...body, credits: '1' }), 409).code).toBe('CREDITS.CONFLICT');
      await client.user({ type: 'deployment', id: `${prefix}.else`, moduleId: 'maps', createdAt: DAYS[1] });
      const elsewhere = await client.post(`deployments/${prefix}.else/refunds`, body);
      expect(refusal(elsewhere, 409).code).toBe('CREDITS.CONFLICT');
    });

    it('refunds no more than what is left if many are sent at the same time', async () => {
      const answers = await Promise.all(Array.from({ length: 8 }, () => refund({ credits: '1' })));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 201, 422, 422, 422, 422]);
    });

    it('needs an existing deployment', async () => {
      const answer = await client.post('deployments/nothing/refunds', {});
      expect(refusal(answer, 404).code).toBe('CREDITS.DEPLOYMENT_NOT_FOUND');
    });

    it('is not allowed for the user who deployed, nor for the module’s partner', async () => {
      expect((await refund({}, tokenOf(userId, ['user']))).status).toBe(403);
      expect((await refund({}, tokenOf('maker', ['partner']))).status).toBe(403);
    });

    it.each([
      ['credits', { credits: '0' }],
      ['reason', { reason: ' ' }],
      ['reason', { reason: 'x'.repeat(1001) }],
      ['deploymentId', { deploymentId: 'x' }],
    ])('refuses a bad %s', async (field, body) => {
      expect(refusedFields(await refund(body))).toEqual([field]);
    });
  });

  describe('POST /api/credits/purchases/{externalId}/refunds', () => {
    it('removes the remaining credits, with their value', async () => {
      const answer = await payBack({ externalId: `${prefix}.p`, credits: '6' }, WRITERS.finance);
      expect(answer.status).toBe(201);
      expect(answer.json()).toEqual({
        externalId: `${prefix}.p`,
        purchaseExternalId: `${prefix}.buy`,
        userId,
        credits: '6',
        occurredAt: expect.any(String) as string,
        refundedCredits: '6',
        refundedValue: '0.6',
        balance: { free: '0', purchased: '3', total: '3', unpaid: '0' },
        balanceBefore: { free: '0', purchased: '9', total: '9', unpaid: '0' },
        changedDeployments: [],
        revenueChanges: [],
      });
    });

    it('removes all remaining credits without stated credits, and nothing more after that', async () => {
      expect((await payBack({})).json()).toMatchObject({ credits: null, refundedCredits: '9' });
      expect(refusal(await payBack({}), 422).code).toBe('CREDITS.NOTHING_LEFT');
    });

    it('refuses more than the lot contains at that time', async () => {
      expect(refusal(await payBack({ credits: '9.1' }), 422).code).toBe('CREDITS.MORE_THAN_LEFT');
      expect((await payBack({ credits: '9.1', occurredAt: DAYS[1] })).json()).toMatchObject({
        refundedCredits: '9.1',
        changedDeployments: [`${prefix}.dep`],
      });
    });

    it('repeats with the same content, and conflicts with any other', async () => {
      const body = { externalId: `${prefix}.p`, credits: '2' };
      const first = await payBack(body);
      const again = await payBack(body);
      expect([again.status, again.json()]).toEqual([
        200,
        { ...first.json<object>(), ...unchanged(first.json()) },
      ]);
      expect(refusal(await payBack({ ...body, credits: '1' }), 409).code).toBe('CREDITS.CONFLICT');
    });

    it('needs an existing purchase', async () => {
      const answer = await client.post('credits/purchases/nothing/refunds', {});
      expect(refusal(answer, 404).code).toBe('CREDITS.PURCHASE_NOT_FOUND');
    });
  });
});
