import { refusal, send } from '../support/http-client.js';
import { importRecords, type TestRecord } from '../support/lines.js';
import { ACME, allRows, BOLT, FINANCE, picos } from '../support/revenue-client.js';
import { revenuePlatform } from '../support/revenue-platform.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

interface Explanation {
  readonly grossRevenue: string;
  readonly revenue: string;
  readonly formula: string;
  readonly pieces: readonly {
    readonly pool: 'free' | 'purchased';
    readonly credits: string;
    readonly value: string;
    readonly takenCredits?: string;
    readonly takenValue?: string;
    readonly unitPrice: string;
  }[];
  readonly refunds: readonly { readonly credits: string; readonly value: string }[];
  readonly settlements: readonly { readonly credits: string; readonly value: string }[];
}

/** One deployment with everything: free and purchased allocations, a settlement a month later, then a refund. */
const STORY: TestRecord[] = [
  { type: 'user', id: 'dora', email: 'dora@customers.example', name: 'Dora Secret', roles: ['user'] },
  {
    type: 'award',
    externalId: 'story-gift',
    userId: 'dora',
    credits: '2',
    occurredAt: '2026-04-01T00:00:00Z',
    expiresAt: '2026-08-01T00:00:00Z',
  },
  {
    type: 'purchase',
    externalId: 'story-buy-1',
    userId: 'dora',
    credits: '3',
    amount: '1',
    occurredAt: '2026-04-30T23:30:00Z',
  },
  {
    type: 'deployment',
    id: 'story',
    userId: 'dora',
    moduleId: 'a-maps',
    creditCost: '9',
    createdAt: '2026-05-10T12:00:00Z',
  },
  {
    type: 'purchase',
    externalId: 'story-buy-2',
    userId: 'dora',
    credits: '10',
    amount: '4.5',
    occurredAt: '2026-06-01T00:00:00Z',
  },
  {
    type: 'refund',
    externalId: 'story-back',
    deploymentId: 'story',
    credits: '5',
    occurredAt: '2026-07-01T00:00:00Z',
    reason: 'Dora Secret was not pleased',
  },
];

/** Deployments whose ids differ only in case from an address of the report. */
const CAPITALS: TestRecord[] = [
  capital('Summary', '3.5', '2026-07-02T00:00:00Z'),
  capital('SUMMARY', '3', '2026-07-03T00:00:00Z'),
];

describe('GET /api/revenue/{deploymentId}', () => {
  let service: TestService;
  const ask = (id: string, token = FINANCE) => send(`${service.url}/api/revenue/${id}`, { token });

  beforeAll(async () => {
    service = await startTestService();
    expect(
      (await importRecords(service.app, [...revenuePlatform(), ...STORY, ...CAPITALS])).refusals,
    ).toEqual([]);
  });
  afterAll(() => service.close());

  it('shows finance everything', async () => {
    const { snapshotAt, ...story } = (await ask('story')).json<Record<string, unknown>>();
    expect(snapshotAt).toMatch(/Z$/);
    expect(story).toEqual({
      deploymentId: 'story',
      moduleId: 'a-maps',
      moduleName: 'Maps, "big" ones',
      createdAt: '2026-05-10T12:00:00Z',
      creditCost: '9',
      freeCredits: '2',
      purchasedCredits: '2',
      unpaidCredits: '0',
      refundedCredits: '5',
      grossRevenue: '0.666667',
      revenue: '0.2000001',
      partnerId: 'acme',
      partnerEmail: 'hello@acme.example',
      userId: 'dora',
      userEmail: 'dora@customers.example',
      platformRevenue: '0.4666669',
      partnerRevenueShare: '30',
      partnerRevenueShareNow: '30',
      shares: [{ from: null, to: null, value: '30' }],
      sharesInWords: '30 %',
      currency: 'USD',
      formula: 'revenue = grossRevenue * partnerRevenueShare / 100 = 0.666667 * 30 / 100 = 0.2000001',
      pieces: [
        piece('free', 'story-gift', '2026-04-01T00:00:00Z', {
          credits: ['2', '2'],
          value: ['0', '0'],
          paidAt: '2026-05-10T12:00:00Z',
          lot: ['2', '0', '0'],
          expiresAt: '2026-08-01T00:00:00Z',
        }),
        piece('purchased', 'story-buy-1', '2026-04-30T23:30:00Z', {
          credits: ['2', '3'],
          value: ['0.666667', '1'],
          paidAt: '2026-05-10T12:00:00Z',
          lot: ['3', '1', '0.333333333333'],
        }),
        piece('purchased', 'story-buy-2', '2026-06-01T00:00:00Z', {
          credits: ['0', '4'],
          value: ['0', '1.8'],
          paidAt: '2026-06-01T00:00:00Z',
          lot: ['10', '4.5', '0.45'],
        }),
      ],
      balanceBefore: { free: '2', purchased: '3', total: '5', unpaid: '0' },
      balanceAfter: { free: '0', purchased: '0', total: '0', unpaid: '4' },
      settlements: [
        {
          entryType: 'purchase',
          entryId: 'story-buy-2',
          occurredAt: '2026-06-01T00:00:00Z',
          credits: '4',
          value: '1.8',
        },
      ],
      reversals: [],
      refunds: [
        {
          externalId: 'story-back',
          occurredAt: '2026-07-01T00:00:00Z',
          credits: '5',
          value: '2.133333',
          cancelledCredits: '0',
          reason: 'Dora Secret was not pleased',
          returns: [
            { lotId: 'story-buy-2', pool: 'purchased', credits: '4', value: '1.8', lapsed: false },
            { lotId: 'story-buy-1', pool: 'purchased', credits: '1', value: '0.333333', lapsed: false },
          ],
        },
      ],
    });
  });

  it('shows a partner months, and nothing about the customer', async () => {
    const answer = await ask('story', ACME);
    const { snapshotAt, ...story } = answer.json<Record<string, unknown>>();
    expect(snapshotAt).toMatch(/Z$/);
    expect(story).toEqual({
      deploymentId: 'story',
      moduleId: 'a-maps',
      moduleName: 'Maps, "big" ones',
      createdAt: '2026-05-10T12:00:00Z',
      creditCost: '9',
      freeCredits: '2',
      purchasedCredits: '2',
      unpaidCredits: '0',
      refundedCredits: '5',
      grossRevenue: '0.666667',
      revenue: '0.2000001',
      partnerRevenueShare: '30',
      partnerRevenueShareNow: '30',
      shares: [{ from: null, to: null, value: '30' }],
      sharesInWords: '30 %',
      currency: 'USD',
      formula: 'revenue = grossRevenue * partnerRevenueShare / 100 = 0.666667 * 30 / 100 = 0.2000001',
      pieces: [
        { pool: 'free', credits: '2', value: '0', unitPrice: '0', purchaseMonth: null },
        {
          pool: 'purchased',
          credits: '2',
          value: '0.666667',
          unitPrice: '0.333333333333',
          purchaseMonth: '2026-04',
        },
        { pool: 'purchased', credits: '0', value: '0', unitPrice: '0.45', purchaseMonth: '2026-06' },
      ],
      refunds: [{ month: '2026-07', credits: '5', value: '2.133333' }],
      reversals: [],
      settlements: [{ month: '2026-06', credits: '4', value: '1.8' }],
    });
    expect(answer.text).not.toMatch(/dora|Secret|customers|story-|pleased|balance|acme/i);
  });

  it('names months in the platform’s time zone', async () => {
    const variable = `${service.url}/api/variables/timeZone`;
    const admin = tokenOf('boss', ['admin']);
    const change = (value: string) => send(variable, { method: 'PUT', token: admin, body: { value } });
    expect((await change('Europe/Berlin')).status).toBe(200);
    const { pieces } = (await ask('story', ACME)).json<{ pieces: { purchaseMonth: string | null }[] }>();
    expect(pieces.map(({ purchaseMonth }) => purchaseMonth)).toEqual([null, '2026-05', '2026-06']);
    expect((await change('UTC')).status).toBe(200);
  });

  it('explains every row with figures that add up to it', async () => {
    const sum = (texts: readonly string[]) => texts.reduce((total, text) => total + picos(text), 0n);
    for (const row of await allRows(service, 'includeFree=true')) {
      const story = (await ask(row.deploymentId)).json<Explanation>();
      expect(story).toMatchObject(row);
      const { pieces, refunds, settlements } = story;
      const credits = (pool: string) =>
        sum(pieces.filter((one) => one.pool === pool).map((one) => one.credits));
      expect(credits('free')).toBe(picos(row.freeCredits));
      expect(credits('purchased')).toBe(picos(row.purchasedCredits));
      expect(sum(pieces.map(({ value }) => value))).toBe(picos(row.grossRevenue));
      expect(sum(refunds.map((refund) => refund.credits))).toBe(picos(row.refundedCredits));
      const takenValue = sum(pieces.map((one) => one.takenValue ?? '0'));
      expect(takenValue - sum(refunds.map(({ value }) => value))).toBe(picos(row.grossRevenue));
      expect(sum(settlements.map((one) => one.credits))).toBeLessThanOrEqual(
        sum(pieces.map((one) => one.takenCredits ?? '0')),
      );
    }
  });

  it('shows a partner the same figures as finance', async () => {
    for (const row of await allRows(service, 'includeFree=true', ACME)) {
      const full = (await ask(row.deploymentId)).json<Explanation>();
      const own = (await ask(row.deploymentId, ACME)).json<Explanation>();
      expect(own).toMatchObject(row);
      expect(own.formula).toBe(full.formula);
      const figures = ({ pieces, refunds, settlements }: Explanation) => ({
        pieces: pieces.map(({ pool, credits, value, unitPrice }) => ({ pool, credits, value, unitPrice })),
        refunds: refunds.map(({ credits, value }) => ({ credits, value })),
        settlements: settlements.map(({ credits, value }) => ({ credits, value })),
      });
      expect(figures(own)).toEqual(figures(full));
    }
  });

  it('explains why a platform module gives no revenue to partners', async () => {
    const [row] = await allRows(service, 'owner=platform');
    const { formula, revenue } = (await ask(row?.deploymentId as string)).json<Explanation>();
    expect(revenue).toBe('0');
    expect(formula).toMatch(/^revenue = 0, because the module belongs to the platform/);
  });

  it.each([
    ['Summary', '3.5'],
    ['SUMMARY', '3'],
  ])('reads an id as it is written, so %s is a deployment and not the summary', async (id, creditCost) => {
    for (const token of [FINANCE, ACME]) {
      expect((await ask(id, token)).json()).toMatchObject({ deploymentId: id, creditCost });
    }
    expect((await ask('summary?groupBy=module')).json()).toMatchObject({
      totals: expect.anything() as unknown,
    });
  });

  it('is at exactly this address, in no other case', async () => {
    for (const path of ['API/revenue/story', 'api/Revenue/story', 'api/revenue/STORY']) {
      refusal(await send(`${service.url}/${path}`, { token: FINANCE }), 404);
    }
  });

  it('gives the same answer for foreign deployments and unknown ones', async () => {
    const shape = async (id: string, token: string) => {
      const { detail, requestId, ...rest } = refusal(await ask(id, token), 404);
      return { ...rest, detail: detail.replace(id, 'ID'), hasRequestId: requestId !== '' };
    };
    const [own] = await allRows(service, 'owner=platform');
    const unknown = await shape('nothing', BOLT);
    expect(await shape('story', BOLT)).toEqual(unknown);
    expect(await shape(own?.deploymentId as string, BOLT)).toEqual(unknown);
    expect(await shape('story-buy-1', FINANCE)).toEqual(unknown);
    refusal(await ask('a%20b'), 400);
    refusal(await ask('story', tokenOf('dora', ['user'])), 403);
  });
});

function capital(id: string, creditCost: string, createdAt: string): TestRecord {
  return { type: 'deployment', id, userId: 'ann', moduleId: 'a-maps', creditCost, createdAt };
}

function piece(
  pool: string,
  lotId: string,
  acquiredAt: string,
  figures: {
    readonly credits: readonly [now: string, taken: string];
    readonly value: readonly [now: string, taken: string];
    readonly paidAt: string;
    readonly lot: readonly [credits: string, amount: string, unitPrice: string];
    readonly expiresAt?: string;
  },
) {
  return {
    pool,
    lotId,
    acquiredAt,
    expiresAt: figures.expiresAt ?? null,
    credits: figures.credits[0],
    takenCredits: figures.credits[1],
    value: figures.value[0],
    takenValue: figures.value[1],
    paidAt: figures.paidAt,
    acquiredCredits: figures.lot[0],
    amount: figures.lot[1],
    unitPrice: figures.lot[2],
  };
}
