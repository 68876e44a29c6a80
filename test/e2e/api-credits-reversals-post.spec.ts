import { isClean, RevenueService } from '../../src/revenue/index.js';
import { EntryWriter, WRITERS } from '../support/entry-writer.js';
import { refusal, refusedFields, send } from '../support/http-client.js';
import { importRecords, type TestRecord } from '../support/lines.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

const DAYS = [1, 2, 3, 4, 5].map((day) => `2026-02-0${day}T00:00:00Z`);
const MAKER = tokenOf('maker', ['partner']);

/** 10 credits for 2; two deployments of 4, worth 0.8 each; 2 credits are left. */
function history(prefix: string): TestRecord[] {
  return [
    { type: 'purchase', externalId: `${prefix}.buy`, credits: '10', amount: '2', occurredAt: DAYS[0] },
    { type: 'deployment', id: `${prefix}.first`, moduleId: 'maps', createdAt: DAYS[1] },
    { type: 'deployment', id: `${prefix}.second`, moduleId: 'maps', createdAt: DAYS[2] },
  ];
}

describe('reversals over HTTP', () => {
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
    prefix = `v${(cases += 1)}`;
    userId = await client.user(...history(prefix));
  });

  type Posted = ReturnType<EntryWriter['post']>;
  const reverse = (body: unknown, token?: string): Posted =>
    client.post(`credits/purchases/${prefix}.buy/reversals`, body, token);
  const release = (id: string, body: unknown, token?: string): Posted =>
    client.post(`credits/reversals/${id}/release`, body, token);
  const explained = async (id: string, token: string = WRITERS.finance): Promise<unknown> =>
    (await client.get(`revenue/${id}`, token)).json();

  it('take what is left, then what paid last, and say what changed', async () => {
    const answer = await reverse({ externalId: `${prefix}.r`, credits: '5', reason: 'chargeback' });
    expect(answer.status).toBe(201);
    expect(answer.json()).toEqual({
      externalId: `${prefix}.r`,
      purchaseExternalId: `${prefix}.buy`,
      userId,
      credits: '5',
      occurredAt: expect.any(String) as string,
      reason: 'chargeback',
      reversedCredits: '5',
      reversedValue: '1',
      shortfallCredits: '0',
      settlements: [],
      balanceBefore: { free: '0', purchased: '2', total: '2', unpaid: '0' },
      balance: { free: '0', purchased: '0', total: '0', unpaid: '3' },
      changedDeployments: [`${prefix}.second`],
    });
    expect((await client.get(`deployments/${prefix}.second`)).json()).toMatchObject({
      purchasedCredits: '1',
      unpaidCredits: '3',
      refundedCredits: '0',
    });
    const again = await reverse({ externalId: `${prefix}.r`, credits: '5', reason: 'chargeback' });
    expect([again.status, again.json()]).toMatchObject([200, { reversedCredits: '5' }]);
    expect(refusal(await reverse({ externalId: `${prefix}.r`, reason: 'fraud' }), 409).code).toBe(
      'CREDITS.CONFLICT',
    );
  });

  it('show finance and admin, not the platform, whose revenue changes, before anything is recorded', async () => {
    const preview = `credits/purchases/${prefix}.buy/reversals?preview=true`;
    const [finance, platform] = [
      await client.post(preview, { credits: '5' }, WRITERS.finance),
      await client.post(preview, { credits: '5' }, WRITERS.platform),
    ];
    expect([finance.status, finance.json()]).toMatchObject([
      201,
      {
        reversedCredits: '5',
        revenueChanges: [{ moduleId: 'maps', partnerId: 'maker', grossRevenue: '-0.6' }],
        changedPartners: ['maker'],
      },
    ]);
    for (const field of ['revenueChanges', 'changedPartners']) {
      expect(platform.json()).not.toHaveProperty(field);
    }
    expect((await client.get(`credits/balance?userId=${userId}`)).json()).toMatchObject({ unpaid: '0' });
    await reverse({ externalId: `${prefix}.r`, credits: '5' });
    const released = await client.post(
      `credits/reversals/${prefix}.r/release?preview=true`,
      {},
      WRITERS.admin,
    );
    expect(released.json()).toMatchObject({
      releasedCredits: '5',
      revenueChanges: [{ moduleId: 'maps', partnerId: 'maker', grossRevenue: '0.6' }],
      changedPartners: ['maker'],
    });
    expect((await client.get(`credits/balance?userId=${userId}`)).json()).toMatchObject({ unpaid: '3' });
  });

  it('are released once, in full, to what they were taken from', async () => {
    await reverse({ externalId: `${prefix}.r`, credits: '5' });
    const answer = await release(`${prefix}.r`, { externalId: `${prefix}.won` });
    expect(answer.status).toBe(201);
    expect(answer.json()).toEqual({
      externalId: `${prefix}.won`,
      reversalExternalId: `${prefix}.r`,
      userId,
      occurredAt: expect.any(String) as string,
      releasedCredits: '5',
      releasedValue: '1',
      settlements: [
        {
          type: 'deployment',
          id: `${prefix}.second`,
          pool: 'purchased',
          lotId: `${prefix}.buy`,
          credits: '3',
          value: '0.6',
        },
      ],
      balanceBefore: { free: '0', purchased: '0', total: '0', unpaid: '3' },
      balance: { free: '0', purchased: '2', total: '2', unpaid: '0' },
      changedDeployments: [`${prefix}.second`],
    });
    expect((await release(`${prefix}.r`, { externalId: `${prefix}.won` })).status).toBe(200);
    expect(refusal(await release(`${prefix}.r`, {}), 422).code).toBe('CREDITS.ALREADY_RELEASED');
  });

  it('leave a debt, of which a customer is told when it cannot pay', async () => {
    await reverse({ externalId: `${prefix}.r` });
    const own = tokenOf(userId, ['user']);
    expect((await client.get('credits/balance', own)).json()).toMatchObject({ unpaid: '8' });
    const problem = refusal(await client.post('deployments', { moduleId: 'maps' }, own), 402);
    expect(problem).toMatchObject({ required: '4', available: '0', missing: '4', unpaid: '8' });
    expect(problem.detail).toContain('owes 8');
    expect(problem.detail).toContain('Buy 12 more');
  });

  it('are a part of the history that users read, with their cause only for those who can read texts', async () => {
    await reverse({ externalId: `${prefix}.r`, credits: '5', reason: 'fraud', occurredAt: DAYS[3] });
    await release(`${prefix}.r`, { externalId: `${prefix}.won`, occurredAt: DAYS[4] });
    const linesFor = async (token: string): Promise<unknown[]> => {
      const answer = await client.get(`credits/history?userId=${userId}&startDate=2026-02-04`, token);
      return answer.json<{ data: unknown[] }>().data;
    };
    const lot = { pool: 'purchased', lotId: `${prefix}.buy` };
    const settles = { type: 'deployment', id: `${prefix}.second` };
    const expected = [
      {
        type: 'purchaseReversal',
        credits: '5',
        purchaseExternalId: `${prefix}.buy`,
        shortfallCredits: '0',
        movements: [
          { kind: 'reversed', ...lot, credits: '2', value: '0.4', settles: null },
          { kind: 'reversedPaid', ...lot, credits: '3', value: '0.6', settles },
        ],
        balanceAfter: { purchased: '0', unpaid: '3' },
      },
      {
        type: 'reversalRelease',
        credits: '5',
        reversalExternalId: `${prefix}.r`,
        movements: [
          { kind: 'paidAgain', ...lot, credits: '3', value: '0.6', settles },
          { kind: 'released', ...lot, credits: '2', value: '0.4', settles: null },
        ],
        balanceAfter: { purchased: '2', unpaid: '0' },
      },
    ];
    const [reversed, released] = await linesFor(WRITERS.finance);
    expect([reversed, released]).toMatchObject(expected);
    expect([reversed, released]).toMatchObject([{ reason: 'fraud' }, { reason: null }]);
    const own = await linesFor(tokenOf(userId, ['user']));
    expect(own).toMatchObject(expected);
    expect(own[0]).not.toHaveProperty('reason');
    const csv = await client.get(`credits/history?userId=${userId}&format=csv`, WRITERS.finance);
    expect(csv.text).toContain(`reversedPaid 3 purchased of ${prefix}.buy worth 0.6`);
  });

  it('explain a row: every taking for finance, months and figures for its partner', async () => {
    await reverse({ externalId: `${prefix}.r`, credits: '5', reason: 'chargeback', occurredAt: DAYS[3] });
    await client.post(`deployments/${prefix}.second/refunds`, { credits: '4', occurredAt: DAYS[4] });
    expect(await explained(`${prefix}.second`)).toMatchObject({
      grossRevenue: '0',
      unpaidCredits: '0',
      refundedCredits: '4',
      refunds: [{ credits: '4', value: '0.2', cancelledCredits: '3' }],
      reversals: [
        {
          externalId: `${prefix}.r`,
          purchaseExternalId: `${prefix}.buy`,
          occurredAt: DAYS[3],
          reason: 'chargeback',
          credits: '3',
          value: '0.6',
          takings: [{ lotId: `${prefix}.buy`, credits: '3', value: '0.6' }],
        },
      ],
    });
    const own = JSON.stringify(await explained(`${prefix}.second`, MAKER));
    expect(JSON.parse(own)).toMatchObject({
      reversals: [{ month: '2026-02', credits: '3', value: '0.6' }],
      refunds: [{ month: '2026-02', credits: '4', value: '0.2' }],
    });
    expect(own).not.toMatch(/chargeback|\.buy|\.r"/);
  });

  it('name a field that is wrong, and an entry that does not exist', async () => {
    expect(refusedFields(await reverse({ credits: '0' }))).toEqual(['credits']);
    expect(refusedFields(await reverse({ reason: 'regret' }))).toEqual(['reason']);
    expect(refusedFields(await release('any', { credits: '1' }))).toEqual(['credits']);
    const unknown = await client.post('credits/purchases/nothing/reversals', {});
    expect(refusal(unknown, 404).code).toBe('CREDITS.PURCHASE_NOT_FOUND');
    expect(refusal(await release('nothing', {}), 404).code).toBe('CREDITS.REVERSAL_NOT_FOUND');
    const early = await reverse({ occurredAt: '2026-01-31T23:59:59Z' });
    expect(refusal(early, 422).code).toBe('CREDITS.BEFORE_PURCHASE');
    expect(refusal(await reverse({ credits: '10.000001' }), 422)).toMatchObject({
      code: 'CREDITS.MORE_THAN_LEFT',
      detail: `Purchase ${prefix}.buy has 10 credits left to reverse, not 10.000001.`,
    });
    await reverse({ externalId: `${prefix}.r` });
    expect(refusal(await reverse({}), 422).detail).toBe(
      `Nothing is left to reverse of purchase ${prefix}.buy.`,
    );
    expect(refusal(await release(`${prefix}.r`, { occurredAt: DAYS[0] }), 422).code).toBe(
      'CREDITS.BEFORE_REVERSAL',
    );
  });

  it('are not for oneself, nor for a partner whose modules the user deployed', async () => {
    const code = 'CREDITS.OWN_INTEREST';
    expect(refusal(await reverse({}, tokenOf(userId, ['finance'])), 403).code).toBe(code);
    expect(refusal(await reverse({}, tokenOf('maker', ['finance'])), 403).code).toBe(code);
    expect(refusal(await reverse({}, tokenOf('clerk', ['finance', 'partner'])), 403).code).toBe(
      'AUTH.OWN_INTEREST',
    );
    await reverse({ externalId: `${prefix}.r` });
    expect(refusal(await release(`${prefix}.r`, {}, tokenOf('maker', ['admin'])), 403).code).toBe(code);
    expect((await release(`${prefix}.r`, {}, WRITERS.finance)).status).toBe(201);
  });

  it('arrive in an import in any order of the lines, and are judged in that of the ledger', async () => {
    const at = (type: string, externalId: string, occurredAt: string, rest: object): TestRecord => ({
      type,
      externalId: `${prefix}.${externalId}`,
      occurredAt,
      ...rest,
    });
    const purchaseExternalId = `${prefix}.buy`;
    const report = await importRecords(service.app, [
      at('reversalRelease', 'l', '2026-02-06T00:00:00Z', { reversalExternalId: `${prefix}.a` }),
      at('reversalRelease', 'x', '2026-02-05T00:00:00Z', { reversalExternalId: `${prefix}.b` }),
      at('reversalRelease', 'y', '2026-02-09T00:00:00Z', { reversalExternalId: `${prefix}.nothing` }),
      at('purchaseReversal', 'b', '2026-02-06T00:00:00Z', { purchaseExternalId, credits: '4' }),
      at('purchaseReversal', 'a', '2026-02-05T00:00:00Z', { purchaseExternalId, credits: '8' }),
      at('purchaseRefund', 'm', '2026-02-07T00:00:00Z', { purchaseExternalId, credits: '1' }),
      at('purchaseReversal', 'c', '2026-02-08T00:00:00Z', { purchaseExternalId, reason: 'paymentFailed' }),
    ]);
    expect(report.refusals.map(({ id, code }) => [id, code])).toEqual([
      [`${prefix}.x`, 'CREDITS.UNKNOWN_REVERSAL'],
      [`${prefix}.y`, 'CREDITS.UNKNOWN_REVERSAL'],
      [`${prefix}.b`, 'CREDITS.MORE_THAN_LEFT'],
    ]);
    expect(report.types).toMatchObject({
      purchaseReversal: { added: 2, refused: 1 },
      reversalRelease: { added: 1, refused: 2 },
    });
    const rows = await service.app.get(RevenueService, { strict: false }).verify();
    expect(isClean(rows)).toBe(true);
    const sequence = await send(`${service.url}/api/credits/history?userId=${userId}`, {
      token: WRITERS.finance,
    });
    expect(sequence.json<{ data: { id: string; credits: string }[] }>().data.slice(3)).toMatchObject([
      { id: `${prefix}.a`, credits: '8' },
      { id: `${prefix}.l`, credits: '8' },
      { id: `${prefix}.m`, credits: '1' },
      { id: `${prefix}.c`, credits: '9' },
    ]);
  });
});
