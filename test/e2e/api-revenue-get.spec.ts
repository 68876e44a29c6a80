import { refusal } from '../support/http-client.js';
import { importRecords } from '../support/lines.js';
import { ACME, allRows, askRevenue, picos, revenueReport, type Row } from '../support/revenue-client.js';
import { revenuePlatform } from '../support/revenue-platform.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

const SUMMED = [
  'creditCost',
  'freeCredits',
  'purchasedCredits',
  'unpaidCredits',
  'refundedCredits',
  'grossRevenue',
  'revenue',
  'platformRevenue',
] as const;

describe('GET /api/revenue', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService();
    expect((await importRecords(service.app, revenuePlatform())).refusals).toEqual([]);
  });
  afterAll(() => service.close());

  describe('filters', () => {
    it('excludes deployments without revenue, unless includeFree is set', async () => {
      const all = await allRows(service, 'includeFree=true');
      expect(all).toHaveLength(120);
      const generating = all.filter((row) => row.grossRevenue !== '0');
      expect(generating.length).toBeLessThan(120);
      expect(await allRows(service)).toEqual(generating);
      expect(await allRows(service, 'includeFree=false')).toEqual(generating);
    });

    it.each([
      ['moduleId=a-maps', (row: Row) => row.moduleId === 'a-maps'],
      ['moduleId=a-maps&moduleId=b-solo', (row: Row) => ['a-maps', 'b-solo'].includes(row.moduleId)],
      ['partnerId=bolt', (row: Row) => row.partnerId === 'bolt'],
      ['partnerId=bolt&partnerId=acme', (row: Row) => row.partnerId !== null],
      ['partnerId=idle', () => false],
      ['owner=platform', (row: Row) => row.partnerId === null],
      ['owner=partner', (row: Row) => row.partnerId !== null],
      ['owner=platform&partnerId=acme', () => false],
      ['partnerId=acme&moduleId=b-solo', () => false],
      ['userId=ann', (row: Row) => row.userId === 'ann'],
      ['userId=ann&userId=cem', (row: Row) => row.userId !== 'bob'],
      ['userId=bob&moduleId=a-maps', (row: Row) => row.userId === 'bob' && row.moduleId === 'a-maps'],
      ['userId=bob&exceptModuleId=a-maps', (row: Row) => row.userId === 'bob' && row.moduleId !== 'a-maps'],
      ['userId=bob&owner=platform', (row: Row) => row.userId === 'bob' && row.partnerId === null],
      ['userId=bob&partnerId=acme', (row: Row) => row.userId === 'bob' && row.partnerId === 'acme'],
      ['userId=acme', () => false],
    ])('%s', async (query, belongs) => {
      const all = await allRows(service, 'includeFree=true');
      const report = await revenueReport(service, `includeFree=true&limit=500&${query}`);
      expect(report.data).toEqual(all.filter(belongs));
      expect(report.totals.deployments).toBe(report.data.length);
      const gross = report.data.reduce((sum, row) => sum + picos(row.grossRevenue), 0n);
      expect(picos(report.totals['grossRevenue'] as string)).toBe(gross);
    });

    it('accepts whole local days, both included, and instants from and up to', async () => {
      const all = await allRows(service, 'includeFree=true');
      const between = (from: string, to: string) =>
        all.filter((row) => row.createdAt >= from && row.createdAt < to);
      // In Berlin clocks go forward on 29 March 2026, so this range is an hour shorter.
      const march = await revenueReport(
        service,
        'includeFree=true&limit=500&startDate=2026-03-01&endDate=2026-03-31&timeZone=Europe/Berlin',
      );
      expect(march.filter).toMatchObject({
        startDate: '2026-03-01',
        endDate: '2026-03-31',
        from: '2026-02-28T23:00:00Z',
        to: '2026-03-31T22:00:00Z',
        timeZone: 'Europe/Berlin',
      });
      expect(march.data).toEqual(between('2026-02-28T23:00:00Z', '2026-03-31T22:00:00Z'));
      expect(march.data.length).toBeGreaterThan(0);

      const at = all[5]?.createdAt as string;
      const later = all[60]?.createdAt as string;
      const [start, end] = at < later ? [at, later] : [later, at];
      const instants = await revenueReport(
        service,
        `includeFree=true&limit=500&startDate=${start}&endDate=${end}`,
      );
      expect(instants.filter).toMatchObject({ from: start, to: end, timeZone: 'UTC' });
      expect(instants.data).toEqual(between(start, end));
      expect(await allRows(service, `includeFree=true&startDate=${at}&endDate=${at}`)).toEqual([]);
    });

    it('handles a day of 23 or 25 hours, and a day that does not exist', async () => {
      const bounds = async (day: string, zone: string) => {
        const { filter } = await revenueReport(service, `startDate=${day}&endDate=${day}&timeZone=${zone}`);
        return [filter['from'], filter['to']];
      };
      expect(await bounds('2026-03-29', 'Europe/Berlin')).toEqual([
        '2026-03-28T23:00:00Z',
        '2026-03-29T22:00:00Z',
      ]);
      expect(await bounds('2026-10-25', 'Europe/Berlin')).toEqual([
        '2026-10-24T22:00:00Z',
        '2026-10-25T23:00:00Z',
      ]);
      expect(await bounds('2011-12-30', 'Pacific/Apia')).toEqual([
        '2011-12-30T10:00:00Z',
        '2011-12-30T10:00:00Z',
      ]);
      expect(await bounds('0001-01-01', 'Asia/Tokyo')).toEqual([
        '0000-12-31T14:41:01Z',
        '0001-01-01T14:41:01Z',
      ]);
    });

    it('allows either end to be open', async () => {
      const all = await allRows(service, 'includeFree=true');
      const split = '2026-03-01';
      const before = await allRows(service, `includeFree=true&endDate=2026-02-28`);
      const after = await allRows(service, `includeFree=true&startDate=${split}`);
      expect([...after, ...before]).toEqual(all);
    });

    it('answers an empty filter with no rows and totals of zero', async () => {
      const report = await revenueReport(service, 'startDate=2031-01-01', ACME);
      expect(report.data).toEqual([]);
      expect(report.totals).toEqual({
        deployments: 0,
        ...Object.fromEntries(SUMMED.slice(0, -1).map((name) => [name, '0'])),
      });
      expect(report.page).toEqual({ limit: 50, nextCursor: null, prevCursor: null });
      expect((await revenueReport(service, 'startDate=2031-01-01')).totals['platformRevenue']).toBe('0');
    });
  });

  describe('bad input', () => {
    it.each([
      ['startDate=2026-02-30', 'query.startDate'],
      ['startDate=20260201', 'query.startDate'],
      ['startDate=', 'query.startDate'],
      ['startDate=2026-02-01T00:00:00', 'query.startDate'],
      ['startDate=2026-02-01&endDate=2026-03-01T00:00:00Z', 'query.endDate'],
      ['startDate=2026-02-02&endDate=2026-02-01', 'query.endDate'],
      ['startDate=2026-02-01T00:00:00.000001Z&endDate=2026-02-01T00:00:00Z', 'query.endDate'],
      ['timeZone=europe/berlin', 'query.timeZone'],
      ['timeZone=CEST', 'query.timeZone'],
      ['timeZone=%2B02:00', 'query.timeZone'],
      ['timeZone=', 'query.timeZone'],
      ['moduleId=', 'query.moduleId'],
      ['moduleId=a%20b', 'query.moduleId'],
      ['owner=acme', 'query.owner'],
      ['owner=partner&owner=platform', 'query.owner'],
      ['includeFree=1', 'query.includeFree'],
      ['sort=name', 'query.sort'],
      ['sort=createdAt&sort=revenue', 'query.sort'],
      ['order=down', 'query.order'],
      ['limit=0', 'query.limit'],
      ['limit=501', 'query.limit'],
      ['limit=5e1', 'query.limit'],
      ['cursor=', 'query.cursor'],
      ['format=xml', 'query.format'],
      ['offset=5', 'query.offset'],
      ['moduleId[]=a-maps', 'query.moduleId[]'],
    ])('%s is 400 and names its parameter', async (query, field) => {
      const { errors } = refusal(await askRevenue(service, query), 400);
      expect(errors?.[0]?.field).toBe(field);
    });

    it.each([
      'moduleId=none',
      'partnerId=none',
      'partnerId=ann',
      'moduleId=a-maps&moduleId=none',
      'userId=none',
      'userId=ann&userId=none',
    ])('%s is 404', async (query) => {
      refusal(await askRevenue(service, query), 404);
    });
  });

  it('sums exactly all rows of the filter, whatever the page', async () => {
    for (const query of [
      'includeFree=true',
      '',
      'moduleId=a-atlas',
      'owner=platform',
      'startDate=2026-02-01',
    ]) {
      const rows = await allRows(service, query);
      const { totals, data } = await revenueReport(service, `limit=1&${query}`);
      expect(data).toEqual(rows.slice(0, 1));
      expect(totals.deployments).toBe(rows.length);
      for (const name of SUMMED) {
        const sum = rows.reduce((total, row) => total + picos(row[name] ?? '0'), 0n);
        expect([name, picos(totals[name] as string)]).toEqual([name, sum]);
      }
    }
  });

  it('splits every row exactly: cost by payment, and gross by the share in force', async () => {
    const rows = await allRows(service, 'includeFree=true');
    for (const row of rows) {
      const parts = ['freeCredits', 'purchasedCredits', 'unpaidCredits', 'refundedCredits'] as const;
      expect(parts.reduce((sum, part) => sum + picos(row[part]), 0n)).toBe(picos(row.creditCost));
      const share = row.partnerId === null ? 0n : 30n;
      expect(picos(row.revenue)).toBe((picos(row.grossRevenue) * share) / 100n);
      expect(picos(row.revenue) + picos(row.platformRevenue as string)).toBe(picos(row.grossRevenue));
    }
    for (const figure of ['unpaidCredits', 'refundedCredits', 'freeCredits', 'purchasedCredits'] as const) {
      expect(rows.some((row) => row[figure] !== '0')).toBe(true);
    }
    expect((await revenueReport(service)).partnerRevenueShare).toBe('30');
  });

  describe('access', () => {
    it('shows a partner its own rows, and nothing about customers or others', async () => {
      const finance = await allRows(service, 'includeFree=true&partnerId=acme');
      const own = await revenueReport(service, 'includeFree=true&limit=500', ACME);
      expect(own.data).toEqual(finance.map(withoutCustomer));
      expect(own.filter['partnerIds']).toEqual(['acme']);
      expect(JSON.stringify(own)).not.toMatch(
        /ann|bob|cem|customers|Secret|bolt|platformRevenue|"userId"|Email/,
      );
      expect(await allRows(service, 'includeFree=true&owner=partner', ACME)).toEqual(own.data);
      expect(await allRows(service, 'includeFree=true&partnerId=acme', ACME)).toEqual(own.data);
    });

    it('gives a partner the same answer for foreign ids and unknown ones', async () => {
      for (const [foreign, unknown] of [
        ['moduleId=b-solo', 'moduleId=nothing'],
        ['moduleId=own-core', 'moduleId=nothing'],
        ['partnerId=bolt', 'partnerId=nobody'],
      ] as const) {
        const [one, other] = [
          refusal(await askRevenue(service, foreign, ACME), 404),
          refusal(await askRevenue(service, unknown, ACME), 404),
        ];
        const shape = (problem: typeof one) => ({ ...problem, requestId: '', detail: '' });
        expect(shape(one)).toEqual(shape(other));
      }
      refusal(await askRevenue(service, 'owner=platform', ACME), 403);
    });

    it('gives a partner the same answer for every userId, before it is looked up', async () => {
      const answers = ['userId=ann', 'userId=nobody', 'userId=acme', 'userId=nobody&moduleId=nothing'].map(
        async (query) => ({ ...refusal(await askRevenue(service, query, ACME), 403), requestId: '' }),
      );
      const [first, ...others] = await Promise.all(answers);
      expect(first?.code).toBe('REVENUE.USERS_NOT_YOURS');
      for (const other of others) expect(other).toEqual(first);
    });

    it('uses the claim partnerId if there is one', async () => {
      const colleague = tokenOf('somebody', ['partner'], { partnerId: 'acme' });
      expect(await allRows(service, '', colleague)).toEqual(await allRows(service, '', ACME));
    });

    it('gives finance the global view even with the role partner', async () => {
      const both = tokenOf('acme', ['partner', 'finance']);
      expect(await allRows(service, 'includeFree=true', both)).toHaveLength(120);
    });

    it('shows finance the customers and the partners of modules', async () => {
      const rows = await allRows(service, 'includeFree=true');
      const acme = rows.find((row) => row.partnerId === 'acme' && row.userId === 'cem');
      expect(acme).toMatchObject({
        partnerEmail: 'hello@acme.example',
        userEmail: '=cem@customers.example',
      });
      expect(rows.find((row) => row.partnerId === null && row.userId === 'bob')).toMatchObject({
        partnerEmail: null,
        userEmail: null,
      });
    });
  });

  it('repeats its filter', async () => {
    const before = new Date(Date.now() - 2_000).toISOString();
    const report = await revenueReport(service, 'moduleId=b-solo&moduleId=a-maps&moduleId=b-solo');
    expect(report.filter).toEqual({
      startDate: null,
      endDate: null,
      from: null,
      to: null,
      timeZone: 'UTC',
      moduleIds: ['a-maps', 'b-solo'],
      exceptModuleIds: [],
      userIds: [],
      partnerIds: [],
      owner: null,
      includeFree: false,
      sort: 'createdAt',
      order: 'desc',
    });
    expect(report.currency).toBe('USD');
    expect(report.snapshotAt > before).toBe(true);
    expect(report.snapshotAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3}(\d{3})?)?Z$/);
  });
});

const CUSTOMERS = new Map(
  revenuePlatform().flatMap(({ type, id, email }) => (type === 'user' ? [[id, email ?? null]] : [])),
);

/** A row as a partner sees it; finance sees more fields, and each of them has a value. */
function withoutCustomer(row: Row): Row {
  const { partnerId, partnerEmail, userId, userEmail, platformRevenue, ...rest } = row;
  expect(partnerId).toBe('acme');
  expect(partnerEmail).toBe('hello@acme.example');
  expect(CUSTOMERS.get(userId as string)).toBe(userEmail);
  expect(platformRevenue).toMatch(/^\d+(?:\.\d{1,12})?$/);
  return rest;
}
