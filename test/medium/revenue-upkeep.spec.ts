import { Client } from 'pg';
import { columnNames, PROJECTION_TABLES } from '../../src/credits/index.js';
import { Snapshots } from '../../src/platform/database/index.js';
import { isClean, RevenueService } from '../../src/revenue/index.js';
import { ALWAYS_30 } from '../support/revenue-filters.js';
import { RowSums } from '../../src/revenue/upkeep/row-sums.js';
import { importRecords } from '../support/lines.js';
import { revenuePlatform } from '../support/revenue-platform.js';
import { startTestService, type TestService } from '../support/service.js';
import { storedState } from '../support/stored-state.js';

describe('verify and rebuild', () => {
  let service: TestService;
  let owner: Client;
  let revenue: RevenueService;
  let sound: Record<string, string>;

  beforeAll(async () => {
    service = await startTestService();
    revenue = service.app.get(RevenueService, { strict: false });
    expect((await importRecords(service.app, revenuePlatform())).refusals).toEqual([]);
    owner = new Client({ connectionString: service.database.ownerUrl });
    await owner.connect();
    sound = await storedState(service.database);
  });
  afterAll(async () => {
    await owner.end();
    await service.close();
  });

  it('finds nothing in a correct database, and reports its progress', async () => {
    const seen: number[][] = [];
    const found = await revenue.verify((done, all) => seen.push([done, all]));
    expect(found).toMatchObject({
      users: 6,
      deployments: 120,
      differences: [],
      violations: [],
      warnings: [],
    });
    expect(found.entries).toBeGreaterThan(120);
    expect(isClean(found)).toBe(true);
    expect(seen.at(-1)).toEqual([6, 6]);
  });

  it('rebuilds exactly what is stored, twice', async () => {
    expect(await revenue.rebuild()).toMatchObject({ users: 6, deployments: 120 });
    expect(await storedState(service.database)).toEqual(sound);
    await revenue.rebuild();
    expect(await storedState(service.database)).toEqual(sound);
  });

  const SOME_LOT = `(user_id, pool, id) = ('ann', 'purchased', 'buy-1-ann')`;
  const SOME_DEPLOYMENT = `deployment_id = (SELECT min(deployment_id) FROM deployment_revenue WHERE gross_revenue > 0 AND partner_id = 'acme')`;

  it.each([
    [
      'credits of a lot',
      `UPDATE credit_lots SET left_credits = left_credits + 1, paid_credits = paid_credits - 1 WHERE ${SOME_LOT}`,
      { table: 'credit_lots', key: 'user_id=ann, pool=purchased, id=buy-1-ann', column: 'left_credits' },
    ],
    [
      'money of a lot, by a millionth',
      `UPDATE credit_lots SET lapsed_value = lapsed_value + 0.000001, paid_value = paid_value - 0.000001 WHERE ${SOME_LOT}`,
      { table: 'credit_lots', column: 'paid_value' },
    ],
    [
      'the time of a lot, by a microsecond',
      `UPDATE credit_lots SET opened_at = opened_at + interval '1 microsecond' WHERE ${SOME_LOT}`,
      {
        table: 'credit_lots',
        column: 'opened_at',
        expected: '2026-01-02T00:00:00Z',
        stored: '2026-01-02T00:00:00.000001Z',
      },
    ],
    [
      'a lot that is gone',
      `DELETE FROM credit_lots WHERE ${SOME_LOT}`,
      { table: 'credit_lots', column: null, stored: null, expected: 'a row' },
    ],
    [
      'an allocation that paid less',
      `UPDATE credit_allocations SET credits = credits / 2 WHERE ctid = (SELECT min(ctid) FROM credit_allocations)`,
      { table: 'credit_allocations', column: 'credits' },
    ],
    [
      'an allocation too many',
      `INSERT INTO credit_allocations SELECT user_id, spend_type, spend_id, 99, lot_pool, lot_id, taken_credits, taken_value,
         credits, value, paid_at FROM credit_allocations ORDER BY user_id, spend_id LIMIT 1`,
      { table: 'credit_allocations', column: null, stored: 'a row', expected: null },
    ],
    [
      'a debt that is forgotten',
      `DELETE FROM credit_debts WHERE ctid = (SELECT min(ctid) FROM credit_debts)`,
      { table: 'credit_debts', column: null, stored: null },
    ],
    [
      'gross revenue',
      `UPDATE deployment_revenue SET gross_revenue = gross_revenue + 0.000001, shared_gross = shared_gross + 0.000001
        WHERE ${SOME_DEPLOYMENT}`,
      { table: 'deployment_revenue', column: 'gross_revenue' },
    ],
    [
      'the owner of a deployment',
      `UPDATE deployment_revenue SET partner_id = 'bolt' WHERE ${SOME_DEPLOYMENT}`,
      { table: 'deployment_revenue', column: 'partner_id', stored: 'bolt', expected: 'acme' },
    ],
    [
      'a deployment that is missing',
      `DELETE FROM deployment_revenue WHERE ${SOME_DEPLOYMENT}`,
      { table: 'deployment_revenue', column: null, stored: null },
    ],
    [
      'a balance',
      `UPDATE credit_accounts SET free_credits = free_credits + 5 WHERE user_id = 'ann'`,
      { table: 'credit_accounts', key: 'user_id=ann', column: 'free_credits' },
    ],
    [
      'how far an account is folded',
      `UPDATE credit_accounts SET folded_to_id = 'x', entries = 1 WHERE user_id = 'cem'`,
      { table: 'credit_accounts', key: 'user_id=cem', column: 'entries', stored: '1' },
    ],
    [
      'rows of nobody',
      `INSERT INTO deployment_revenue SELECT 'nobody', 'none', module_id, partner_id, deployed_at, credit_cost, free_credits,
         purchased_credits, unpaid_credits, refunded_credits, gross_revenue, shared_gross FROM deployment_revenue LIMIT 1`,
      { table: 'deployment_revenue', key: 'user_id=nobody', stored: 'rows', expected: null },
    ],
  ])('finds %s, and rebuild repairs it', async (_what, corruption, difference) => {
    await owner.query(corruption);
    const found = await revenue.verify();
    expect(found.differences).toContainEqual(expect.objectContaining(difference));
    expect(found.differenceCount).toBe(found.differences.length);
    expect(isClean(found)).toBe(false);

    await revenue.rebuild();
    expect(await storedState(service.database)).toEqual(sound);
    expect(isClean(await revenue.verify())).toBe(true);
  });

  it('finds that the money does not add up, in addition to the wrong row', async () => {
    await owner.query(
      `UPDATE credit_lots SET acquired_value = acquired_value + 1, left_value = left_value + 1 WHERE ${SOME_LOT}`,
    );
    const { violations } = await revenue.verify();
    expect(violations).toContainEqual(
      expect.stringMatching(/^stored money: the lots contain payments of .* the ledger's purchases/),
    );
    await revenue.rebuild();
    expect(await storedState(service.database)).toEqual(sound);
  });

  it('finds a report that differs from its rows', async () => {
    const found = await service.app.get(Snapshots).read(async (snapshot) => {
      const sums = new RowSums(ALWAYS_30);
      const columns = columnNames(PROJECTION_TABLES.deployments);
      const row = {
        ...Object.fromEntries(columns.map((column) => [column, '1'])),
        partner_id: 'idle',
        deployed_at: '2026-01-01T00:00:00Z',
        gross_revenue: '2',
      } as Record<string, string>;
      sums.add(columns.map((column) => row[column] as string));
      const sentences: string[] = [];
      for await (const sentence of sums.disagreements(snapshot)) sentences.push(sentence);
      return sentences;
    });
    expect(found).toContain(
      'report of partner idle, all deployments: grossRevenue is 0, but the sum of its rows is 2',
    );
    expect(found).toContain(
      'report of partner idle, revenue-generating deployments: deployments is 0, but the sum of its rows is 1',
    );
  });

  it('restores a missing account', async () => {
    await owner.query(`DELETE FROM credit_accounts WHERE user_id = 'idle'`);
    expect((await revenue.verify()).differences).toEqual([
      { table: 'credit_accounts', key: 'user_id=idle', column: null, stored: null, expected: 'a row' },
    ]);
    await revenue.rebuild();
    expect(await storedState(service.database)).toEqual(sound);
  });

  it('warns, without failing, if a late entry causes the shortfall of a refund', async () => {
    const at = (day: number) => `2026-06-${String(day).padStart(2, '0')}T00:00:00Z`;
    const entries = [
      { type: 'user', id: 'eve', roles: ['user'] },
      {
        type: 'purchase',
        externalId: 'eve-buy',
        userId: 'eve',
        credits: '10',
        amount: '3',
        occurredAt: at(1),
      },
      {
        type: 'purchaseRefund',
        externalId: 'eve-back',
        purchaseExternalId: 'eve-buy',
        credits: '8',
        occurredAt: at(9),
      },
    ];
    expect((await importRecords(service.app, entries)).refusals).toEqual([]);
    const late = {
      type: 'spend',
      externalId: 'eve-late',
      userId: 'eve',
      credits: '5',
      category: 'build',
      occurredAt: at(5),
    };
    expect((await importRecords(service.app, [late])).refusals).toEqual([]);
    const found = await revenue.verify();
    expect(isClean(found)).toBe(true);
    expect(found.warnings).toEqual([
      'user eve: purchaseRefund eve-back has a shortfall of 3 credits, because at its time there are fewer credits to take than it states',
    ]);
  });

  it('works while entries are written', async () => {
    const more = Array.from({ length: 40 }, (_, index) => ({
      type: 'deployment',
      id: `busy-${index}`,
      userId: ['ann', 'bob', 'cem'][index % 3],
      moduleId: 'a-maps',
      creditCost: '0.5',
      createdAt: `2026-01-${String(6 + (index % 20)).padStart(2, '0')}T00:00:00Z`,
    }));
    const lanes = Array.from({ length: 8 }, async (_, lane) => {
      for (const record of more.filter((_record, index) => index % 8 === lane)) {
        await importRecords(service.app, [record]);
      }
    });
    await Promise.all([revenue.rebuild(), ...lanes]);
    const found = await revenue.verify();
    expect(found.deployments).toBe(160);
    expect([found.differences, found.violations]).toEqual([[], []]);
  });
});
