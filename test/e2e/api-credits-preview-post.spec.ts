import { isClean, RevenueService } from '../../src/revenue/index.js';
import { EntryWriter, WRITERS } from '../support/entry-writer.js';
import { refusal, refusedFields, type Answer } from '../support/http-client.js';
import type { TestRecord } from '../support/lines.js';
import { picos } from '../support/revenue-client.js';
import { startTestService, type TestService } from '../support/service.js';
import { contentOfTables } from '../support/table-contents.js';

const DAY = (day: number): string => `2026-02-${String(day).padStart(2, '0')}T00:00:00Z`;

interface Effects {
  readonly balance: object;
  readonly balanceBefore: object;
  readonly settlements?: readonly { readonly id: string }[];
  readonly changedDeployments: readonly string[];
  readonly revenueChanges: readonly { readonly moduleId: string; readonly grossRevenue: string }[];
}

/** An award and a purchase, a deployment that they pay, and deployments of two modules that are owed. */
function history(prefix: string): TestRecord[] {
  return [
    { type: 'award', externalId: `${prefix}.gift`, credits: '3', occurredAt: DAY(1) },
    { type: 'purchase', externalId: `${prefix}.buy`, credits: '3', amount: '1', occurredAt: DAY(2) },
    { type: 'deployment', id: `${prefix}.dep`, moduleId: 'maps', createdAt: DAY(3) },
    { type: 'deployment', id: `${prefix}.owed`, moduleId: 'core', createdAt: DAY(4) },
    { type: 'deployment', id: `${prefix}.vaulted`, moduleId: 'vault', createdAt: DAY(5) },
    {
      type: 'purchase',
      externalId: `${prefix}.other`,
      credits: '5',
      amount: '2',
      occurredAt: DAY(6),
    },
  ];
}

type Case = readonly [what: string, path: (prefix: string) => string, body: (prefix: string) => object];

const award = (fields: object): Case[2] => {
  return (prefix) => ({ externalId: `${prefix}.new`, userId: prefix, credits: '2', ...fields });
};
const purchase = (fields: object): Case[2] => {
  return (prefix) => ({ externalId: `${prefix}.new`, userId: prefix, credits: '20', amount: '4', ...fields });
};
const refund = (fields: object): Case[2] => {
  return (prefix) => ({ externalId: `${prefix}.new`, reason: 'a reason', ...fields });
};

const CASES: readonly Case[] = [
  ['an award', () => 'credits/awards', award({ occurredAt: DAY(9), reason: 'a gift' })],
  ['an award in between', () => 'credits/awards', award({ occurredAt: DAY(2), credits: '50' })],
  ['an award that has expired', () => 'credits/awards', award({ occurredAt: DAY(9), expiresAt: DAY(10) })],
  ['a purchase', () => 'credits/purchases', purchase({ occurredAt: DAY(9) })],
  ['a purchase before all others', () => 'credits/purchases', purchase({ occurredAt: DAY(1), amount: '0' })],
  ['a refund', (prefix) => `deployments/${prefix}.dep/refunds`, refund({ occurredAt: DAY(9), credits: '1' })],
  ['a refund in between', (prefix) => `deployments/${prefix}.dep/refunds`, refund({ occurredAt: DAY(3) })],
  [
    'a refund of a purchase',
    (prefix) => `credits/purchases/${prefix}.buy/refunds`,
    refund({ occurredAt: DAY(2), credits: '1' }),
  ],
];

describe('?preview=true', () => {
  let service: TestService;
  let client: EntryWriter;
  let cases = 0;
  let prefix: string;

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
    cases += 1;
    prefix = `u${cases}`; // The writer gives its users these ids, one after the other.
    expect(await client.user(...history(prefix))).toBe(prefix);
  });

  const post = (path: string, body: object, headers: Record<string, string> = {}): Promise<Answer> =>
    client.send(path, { method: 'POST', token: WRITERS.finance, body, headers });
  const grossByModule = async (): Promise<Map<string, bigint>> => {
    const answer = await client.get('revenue/summary?groupBy=module&includeFree=true', WRITERS.finance);
    const { data } = answer.json<{ data: { key: string; grossRevenue: string }[] }>();
    return new Map(data.map(({ key, grossRevenue }) => [key, picos(grossRevenue)]));
  };

  it.each(CASES)('answers as the write of %s would, and records nothing', async (_what, pathOf, bodyOf) => {
    const [path, body] = [pathOf(prefix), bodyOf(prefix)];
    const [rows, gross] = [await contentOfTables(service), await grossByModule()];
    const shown = await post(`${path}?preview=true`, body, { 'idempotency-key': `${prefix}-key` });
    expect(await contentOfTables(service)).toEqual(rows);
    expect(await grossByModule()).toEqual(gross);

    const written = await post(path, body, { 'idempotency-key': `${prefix}-key` });
    expect([shown.status, shown.text]).toEqual([201, written.text]);
    expect([written.status, written.headers.get('idempotency-replayed')]).toEqual([201, null]);

    const { revenueChanges, balance } = written.json<Effects>();
    const earlier = await post(path, body);
    expect(earlier.json()).toMatchObject({ balance, balanceBefore: balance, revenueChanges: [] });
    const after = await grossByModule();
    const changed = [...after].filter(([id, sum]) => sum !== gross.get(id));
    expect(revenueChanges.map(({ moduleId, grossRevenue }) => [moduleId, picos(grossRevenue)])).toEqual(
      changed.map(([id, sum]) => [id, sum - (gross.get(id) ?? 0n)]).toSorted(),
    );
  });

  it('shows balances, settled debts and whose revenue changes', async () => {
    const body = { userId: prefix, credits: '20', amount: '4', occurredAt: DAY(9) };
    expect((await post('credits/purchases?preview=true', body)).json<Effects>()).toMatchObject({
      balanceBefore: { free: '0', purchased: '0', total: '0', unpaid: '1' },
      balance: { free: '0', purchased: '19', total: '19', unpaid: '0' },
      settlements: [{ id: `${prefix}.vaulted`, credits: '1', value: '0.2' }],
      changedDeployments: [`${prefix}.vaulted`],
      revenueChanges: [{ moduleId: 'vault', partnerId: 'maker', grossRevenue: '0.2' }],
    });
    const taken = (await post(`deployments/${prefix}.dep/refunds?preview=true`, {})).json<Effects>();
    expect(taken.revenueChanges).toEqual([
      { moduleId: 'maps', partnerId: 'maker', grossRevenue: '-0.333333' },
      { moduleId: 'vault', partnerId: 'maker', grossRevenue: '0.333333' },
    ]);
  });

  it('answers 200 for an entry that is already recorded, and refuses what the write refuses', async () => {
    const body = award({ occurredAt: DAY(9) })(prefix);
    await post('credits/awards', body);
    expect((await post('credits/awards?preview=true', body)).status).toBe(200);
    expect(refusal(await post('credits/awards?preview=true', { ...body, credits: '7' }), 409).code).toBe(
      'CREDITS.CONFLICT',
    );
    const tooMuch = await post(`deployments/${prefix}.dep/refunds?preview=true`, { credits: '99' });
    expect(refusal(tooMuch, 422).code).toBe('CREDITS.MORE_THAN_LEFT');
    expect(refusal(await post('deployments/nothing/refunds?preview=true', {}), 404).code).toBe(
      'CREDITS.DEPLOYMENT_NOT_FOUND',
    );
  });

  it('ignores an Idempotency-Key, also one that has a stored answer', async () => {
    const key = { 'idempotency-key': `kept-${prefix}` };
    await post('credits/awards', { userId: prefix, credits: '1' }, key);
    const shown = await post('credits/awards?preview=true', { userId: prefix, credits: '1' }, key);
    expect([shown.status, shown.headers.get('idempotency-replayed')]).toEqual([201, null]);
  });

  it('records with preview=false', async () => {
    const body = award({ occurredAt: DAY(9) })(prefix);
    expect((await post('credits/awards?preview=false', body)).status).toBe(201);
    expect((await post('credits/awards', body)).status).toBe(200);
  });

  it.each(['preview=1', 'preview=', 'preview=TRUE', 'preview=true&preview=true'])(
    'is refused as %s on each route',
    async (query) => {
      for (const [, pathOf, bodyOf] of CASES) {
        const answer = await post(`${pathOf(prefix)}?${query}`, bodyOf(prefix));
        expect(refusedFields(answer)).toEqual(['query.preview']);
      }
    },
  );
});
