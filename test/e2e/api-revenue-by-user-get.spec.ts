import { parseCsv } from '../support/csv.js';
import { refusal, refusedFields, send, type Answer } from '../support/http-client.js';
import { importRecords } from '../support/lines.js';
import { ACME, allRows, FINANCE, picos, revenueReport, type Row } from '../support/revenue-client.js';
import { revenuePlatform } from '../support/revenue-platform.js';
import { startTestService, type TestService } from '../support/service.js';

interface Summary {
  readonly data: readonly (Readonly<Record<string, string>> & { readonly deployments: number })[];
  readonly totals: object;
  readonly userCount?: number;
}

describe('GET /api/revenue/summary?groupBy=user', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService();
    expect((await importRecords(service.app, revenuePlatform())).refusals).toEqual([]);
  });
  afterAll(() => service.close());

  const ask = (query: string, token = FINANCE): Promise<Answer> =>
    send(`${service.url}/api/revenue/summary?${query}`, { token });
  const summary = async (query: string): Promise<Summary> => {
    const answer = await ask(query);
    expect(answer.status).toBe(200);
    return answer.json<Summary>();
  };
  const grossOf = (rows: readonly (Row | Summary['data'][number])[]): bigint =>
    rows.reduce((sum, row) => sum + picos(row.grossRevenue), 0n);

  it.each(['', 'includeFree=true', 'owner=platform', 'moduleId=a-maps&startDate=2026-02-01', 'userId=cem'])(
    'sums the customers, those with the highest gross first, and counts them: %s',
    async (filter) => {
      const rows = await allRows(service, filter);
      const found = await summary(`groupBy=user&${filter}`);
      for (const { key, deployments, ...figures } of found.data) {
        const own = rows.filter(({ userId }) => userId === key);
        expect([key, deployments]).toEqual([key, own.length]);
        expect(picos(figures['grossRevenue'] as string)).toBe(grossOf(own));
        expect(picos(figures['revenue'] as string)).toBe(
          own.reduce((sum, row) => sum + picos(row.revenue), 0n),
        );
      }
      expect(new Set(found.data.map(({ key }) => key))).toEqual(new Set(rows.map(({ userId }) => userId)));
      const gross = found.data.map((row) => grossOf([row]));
      expect(gross).toEqual(gross.toSorted((one, other) => (one < other ? 1 : one > other ? -1 : 0)));
      expect(found).toMatchObject({ groupBy: ['user'], userCount: found.data.length });
      expect(found.totals).toEqual((await revenueReport(service, filter)).totals);
    },
  );

  it('shows the largest only, with their names', async () => {
    const all = await summary('groupBy=user');
    const found = await summary('groupBy=user&limit=2');
    expect(found).toMatchObject({ data: all.data.slice(0, 2), userCount: 3, totals: all.totals });
    expect(all.data.map(({ key, label }) => [key, label]).toSorted()).toEqual([
      ['ann', 'Ann Secret'],
      ['bob', 'bob'],
      ['cem', 'Cem Secret'],
    ]);
    expect(await summary('groupBy=user&startDate=2031-01-01')).toMatchObject({ data: [], userCount: 0 });
    expect(await summary('groupBy=partner')).not.toHaveProperty('userCount');
  });

  it('has all customers as CSV', async () => {
    const { data } = await summary('groupBy=user');
    const [header, ...lines] = parseCsv((await ask('groupBy=user&format=csv')).text);
    expect(header).toEqual(Object.keys(data[0] as object));
    expect(lines).toEqual(data.map((row) => Object.values(row).map(String)));
  });

  it.each([
    'groupBy=user',
    'groupBy=month&userId=ann',
    'groupBy=user&format=csv',
    'groupBy=day&userId=nobody',
  ])('is not for partners: %s', async (query) => {
    expect(refusal(await ask(query, ACME), 403).code).toBe('REVENUE.USERS_NOT_YOURS');
  });

  it.each([
    ['groupBy=user&limit=501', 'query.limit'],
    ['groupBy=user&limit=0', 'query.limit'],
    ['groupBy=user&limit=5&format=csv', 'query.limit'],
    ['groupBy=month,user', 'query.groupBy'],
    ['groupBy=user,module', 'query.groupBy'],
  ])('refuses %s', async (query, field) => {
    expect(refusedFields(await ask(query))).toEqual([field]);
  });
});
