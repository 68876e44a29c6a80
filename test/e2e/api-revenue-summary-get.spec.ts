import { parseCsv } from '../support/csv.js';
import { refusal, send } from '../support/http-client.js';
import { importRecords } from '../support/lines.js';
import { ACME, allRows, BOLT, FINANCE, picos, revenueReport, type Row } from '../support/revenue-client.js';
import { MODULE_PARTNERS, revenuePlatform } from '../support/revenue-platform.js';
import { startTestService, type TestService } from '../support/service.js';

const FIGURES = [
  'creditCost',
  'freeCredits',
  'purchasedCredits',
  'unpaidCredits',
  'refundedCredits',
  'grossRevenue',
  'revenue',
] as const;

type SummaryRow = Readonly<Record<string, string>> & {
  readonly key: string | null;
  readonly deployments: number;
};

interface Summary {
  readonly data: readonly SummaryRow[];
  readonly totals: Readonly<Record<string, string>> & { readonly deployments: number };
  readonly groupBy: readonly string[];
  readonly filter: Readonly<Record<string, unknown>>;
  readonly snapshotAt: string;
  readonly [field: string]: unknown;
}

describe('GET /api/revenue/summary', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService();
    expect((await importRecords(service.app, revenuePlatform())).refusals).toEqual([]);
  });
  afterAll(() => service.close());

  const ask = (query: string, token = FINANCE, headers: Readonly<Record<string, string>> = {}) =>
    send(`${service.url}/api/revenue/summary?${query}`, { token, headers });
  const summary = async (query: string, token = FINANCE): Promise<Summary> => {
    const answer = await ask(query, token);
    if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.text}`);
    return answer.json<Summary>();
  };
  const keysOf = ({ data }: Summary): (string | null)[] => data.map(({ key }) => key);

  /** Rows grouped by `keyOf`, summed by hand. */
  const expectSums = (found: Summary, rows: readonly Row[], keyOf: (row: Row) => string | null): void => {
    const byKey = new Map<string | null, Row[]>();
    for (const row of rows) byKey.set(keyOf(row), [...(byKey.get(keyOf(row)) ?? []), row]);
    for (const line of found.data) {
      const own = byKey.get(line.key) ?? [];
      expect([line.key, line.deployments]).toEqual([line.key, own.length]);
      for (const figure of FIGURES) {
        const sum = own.reduce((total, row) => total + picos(row[figure]), 0n);
        expect([line.key, figure, picos(line[figure] as string)]).toEqual([line.key, figure, sum]);
      }
    }
    expect(found.data.reduce((sum, { deployments }) => sum + deployments, 0)).toBe(rows.length);
  };

  it.each(['UTC', 'Asia/Kolkata', 'America/New_York', 'Australia/Lord_Howe', 'America/St_Johns'])(
    'sums days, weeks and months of %s, all of them, to the last digit',
    async (zone) => {
      const query = `includeFree=true&timeZone=${zone}`;
      const rows = await allRows(service, query);
      const { totals } = await revenueReport(service, query);
      const dayOf = new Map(rows.map(({ createdAt }) => [createdAt, localDay(createdAt, zone)]));
      const days = [...dayOf.values()].toSorted();
      for (const [unit, keyOf] of Object.entries(KEYS)) {
        const found = await summary(`groupBy=${unit}&${query}`);
        expectSums(found, rows, (row) => keyOf(dayOf.get(row.createdAt) as string));
        expect(found.totals).toEqual(totals);
        expect(keysOf(found)).toEqual(keysBetween(days[0] as string, days.at(-1) as string, keyOf));
      }
    },
  );

  it('shows a year month by month, with zeros for empty months, and the months add up to the year', async () => {
    const query = 'includeFree=true&startDate=2025-11-10&endDate=2026-12-05&timeZone=Europe/Berlin';
    const found = await summary(`groupBy=month&${query}`);
    expect(keysOf(found)).toEqual(
      keysBetween('2025-11-10', '2026-12-05', KEYS['month'] as (day: string) => string),
    );
    expect(found.data[0]).toEqual({
      key: '2025-11',
      label: 'November 2025',
      from: '2025-11-09T23:00:00Z',
      to: '2025-11-30T23:00:00Z',
      deployments: 0,
      ...Object.fromEntries(FIGURES.map((figure) => [figure, '0'])),
      platformRevenue: '0',
    });
    expect(found.data.at(-1)).toMatchObject({ from: '2026-11-30T23:00:00Z', to: '2026-12-05T23:00:00Z' });
    for (const figure of [...FIGURES, 'platformRevenue']) {
      const sum = found.data.reduce((total, row) => total + picos(row[figure] as string), 0n);
      expect([figure, sum]).toEqual([figure, picos(found.totals[figure] as string)]);
    }
    expect(found.totals).toEqual((await revenueReport(service, query)).totals);
  });

  it('covers its range without gaps, cut at both ends, DST days included', async () => {
    for (const zone of ['America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia']) {
      for (const unit of ['day', 'week', 'month']) {
        const found = await summary(
          `groupBy=${unit}&startDate=2011-03-01T12:34:56.789Z&endDate=2012-04-02T01:02:03.000004Z&timeZone=${zone}`,
        );
        const ends = found.data.map(({ to }) => to);
        expect(found.data.map(({ from }) => from)).toEqual([
          '2011-03-01T12:34:56.789Z',
          ...ends.slice(0, -1),
        ]);
        expect(ends.at(-1)).toBe('2012-04-02T01:02:03.000004Z');
      }
    }
  });

  it('handles days of 23, 24.5 and no hours', async () => {
    const lengths = async (days: string, zone: string) =>
      (await summary(`groupBy=day&${days}&timeZone=${zone}`)).data.map(
        ({ key, from, to }) =>
          `${key}: ${(Date.parse(to as string) - Date.parse(from as string)) / 3_600_000}`,
      );
    expect(await lengths('startDate=2026-03-07&endDate=2026-03-09', 'America/New_York')).toEqual([
      '2026-03-07: 24',
      '2026-03-08: 23',
      '2026-03-09: 24',
    ]);
    expect(await lengths('startDate=2026-04-05&endDate=2026-04-05', 'Australia/Lord_Howe')).toEqual([
      '2026-04-05: 24.5',
    ]);
    expect(await lengths('startDate=2011-12-29&endDate=2011-12-31', 'Pacific/Apia')).toEqual([
      '2011-12-29: 24',
      '2011-12-30: 0',
      '2011-12-31: 24',
    ]);
    expect(await lengths('startDate=2011-12-30&endDate=2011-12-30', 'Pacific/Apia')).toEqual([
      '2011-12-30: 0',
    ]);
    expect(
      await lengths('startDate=2006-10-29T02:30:30Z&endDate=2006-10-29T02:45:00Z', 'America/St_Johns'),
    ).toEqual(['2006-10-29: 0.24166666666666667']);
  });

  it('follows ISO weeks, which belong to the year of their Thursday', async () => {
    const found = await summary('groupBy=week&startDate=2026-12-25&endDate=2027-01-06');
    expect(keysOf(found)).toEqual(['2026-W52', '2026-W53', '2027-W01']);
    expect(found.data[1]).toMatchObject({
      label: 'Week 53, 2026',
      from: '2026-12-28T00:00:00Z',
      to: '2027-01-04T00:00:00Z',
    });
    expect(found.data[0]).toMatchObject({ from: '2026-12-25T00:00:00Z' });
  });

  it('ends an open end at the first or last row, and is empty without rows', async () => {
    const rows = await allRows(service);
    const days = rows.map(({ createdAt }) => createdAt.slice(0, 10)).toSorted();
    const [first, last] = [days[0] as string, days.at(-1) as string];
    const day = KEYS['day'] as (day: string) => string;
    expect(keysOf(await summary('groupBy=day'))).toEqual(keysBetween(first, last, day));
    expect(keysOf(await summary('groupBy=day&startDate=2025-12-24'))).toEqual(
      keysBetween('2025-12-24', last, day),
    );
    expect(keysOf(await summary('groupBy=day&endDate=2026-07-01'))).toEqual(
      keysBetween(first, '2026-07-01', day),
    );
    expect((await summary('groupBy=day&startDate=2031-01-01')).data).toEqual([]);
    expect((await summary('groupBy=day&partnerId=idle')).data).toEqual([]);
    expect((await summary('groupBy=module&partnerId=idle')).data).toEqual([]);
    const instant = '2026-02-01T00:00:00Z';
    expect((await summary(`groupBy=day&startDate=${instant}&endDate=${instant}`)).data).toEqual([]);
    expect(
      (await summary('groupBy=day&partnerId=idle&startDate=2026-01-01&endDate=2026-01-03')).data,
    ).toHaveLength(3);
  });

  it('sums modules, those with the highest gross for partners first', async () => {
    const rows = await allRows(service, 'includeFree=true');
    const found = await summary('groupBy=module&includeFree=true');
    expectSums(found, rows, ({ moduleId }) => moduleId);
    const shared = ({ key, grossRevenue }: SummaryRow): bigint =>
      MODULE_PARTNERS[key as string] === null ? 0n : picos(grossRevenue as string);
    expect(found.data.map(shared)).toEqual(
      found.data.map(shared).toSorted((one, other) => (one < other ? 1 : one > other ? -1 : 0)),
    );
    expect(found.data.find(({ key }) => key === 'a-sum')).toMatchObject({
      label: '=SUM(A1:A9)',
      partnerId: 'acme',
    });
    expect(found.data.at(-1)).toMatchObject({ key: 'own-core', partnerId: null, revenue: '0' });
    expect(found.totals).toEqual((await revenueReport(service, 'includeFree=true')).totals);
  });

  it('sums partners, with the platform last', async () => {
    const found = await summary('groupBy=partner&includeFree=true');
    expectSums(found, await allRows(service, 'includeFree=true'), ({ partnerId = null }) => partnerId);
    expect(found.data.map(({ key, label }) => [key, label])).toEqual([
      ['acme', 'hello@acme.example'],
      ['bolt', '+sum@bolt.example'],
      [null, 'Platform'],
    ]);
    expect(keysOf(await summary('groupBy=partner&owner=partner'))).toEqual(['acme', 'bolt']);
  });

  it('sums periods with modules or partners, in either order, each of them in every period', async () => {
    const rows = await allRows(service, 'includeFree=true');
    const modules = keysOf(await summary('groupBy=module&includeFree=true'));
    const months = keysOf(await summary('groupBy=month&includeFree=true'));
    const found = await summary('groupBy=month,module&includeFree=true');
    expect(found.groupBy).toEqual(['month', 'module']);
    expect((await summary('groupBy=module,month&includeFree=true')).data).toEqual(found.data);
    expect(found.data.map(({ key, moduleId }) => [key, moduleId])).toEqual(
      months.flatMap((month) => modules.map((module) => [month, module])),
    );
    for (const line of found.data) {
      const own = rows.filter(
        (row) => row.createdAt.startsWith(line.key as string) && row.moduleId === line['moduleId'],
      );
      expect(line.deployments).toBe(own.length);
      expect(picos(line['revenue'] as string)).toBe(own.reduce((sum, row) => sum + picos(row.revenue), 0n));
    }
    const partners = await summary('groupBy=partner,week&includeFree=true');
    expect(partners.groupBy).toEqual(['week', 'partner']);
    expect(partners.data[2]).toMatchObject({ key: '2026-W01', partnerId: null, partnerName: 'Platform' });
    expect(partners.data.reduce((sum, row) => sum + picos(row['revenue'] as string), 0n)).toBe(
      picos(found.totals['revenue'] as string),
    );
  });

  it.each([
    'moduleId=a-maps&moduleId=b-solo',
    'partnerId=bolt',
    'owner=platform',
    'startDate=2026-02-01',
    'userId=ann',
    'userId=ann&userId=bob&moduleId=a-maps&moduleId=b-solo&startDate=2026-02-01',
    '',
  ])('covers the rows of the report: %s', async (filter) => {
    const report = await revenueReport(service, filter);
    for (const groupBy of ['module', 'partner', 'day', 'week', 'month', 'day,partner', 'week,module']) {
      const found = await summary(`groupBy=${groupBy}&${filter}`);
      expect(found.totals).toEqual(report.totals);
      expect(found.data.reduce((sum, { deployments }) => sum + deployments, 0)).toBe(
        report.totals.deployments,
      );
    }
  });

  it('repeats its filter', async () => {
    const found = await summary(
      'groupBy=month&startDate=2026-01-01&endDate=2026-01-31&timeZone=Asia/Kolkata',
    );
    const { sort, order, ...filter } = (
      await revenueReport(service, 'startDate=2026-01-01&endDate=2026-01-31&timeZone=Asia/Kolkata')
    ).filter;
    expect([sort, order]).toEqual(['createdAt', 'desc']);
    expect(found).toMatchObject({ partnerRevenueShare: '30', currency: 'USD', filter, groupBy: ['month'] });
    expect(Object.keys(found.filter)).toEqual(Object.keys(filter));
    expect(found.snapshotAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:]{8}(\.\d{3}(\d{3})?)?Z$/);
  });

  describe('a partner', () => {
    it('sees its own modules and itself, and nothing about others', async () => {
      for (const groupBy of ['module', 'partner', 'month', 'month,module', 'partner,day']) {
        const found = await summary(`groupBy=${groupBy}&includeFree=true`, ACME);
        expect(found.totals).toEqual((await revenueReport(service, 'includeFree=true', ACME)).totals);
        expect(JSON.stringify(found)).not.toMatch(/ann|bob|cem|Secret|bolt|platform|Platform/);
      }
      const partners = await summary('groupBy=partner', BOLT);
      expect(partners.data).toEqual([{ ...partners.totals, key: 'bolt', label: '+sum@bolt.example' }]);
      const modules = await summary('groupBy=module', ACME);
      expect(modules.data[0]).not.toHaveProperty('partnerId');
    });

    it.each([
      ['groupBy=month&moduleId=b-solo', 404],
      ['groupBy=month&partnerId=bolt', 404],
      ['groupBy=month&owner=platform', 403],
    ])('is refused like in the report: %s', async (query, status) => {
      refusal(await ask(query, ACME), status);
    });
  });

  describe('as CSV', () => {
    it.each([
      'groupBy=month',
      'groupBy=module&includeFree=true',
      'groupBy=partner',
      'groupBy=module,week',
      'groupBy=day,partner',
      'groupBy=module&startDate=2031-01-01',
    ])('has the fields of the JSON rows, in their order: %s', async (query) => {
      for (const token of [FINANCE, ACME]) {
        const { data } = await summary(query, token);
        const answer = await ask(query, token, { accept: 'text/csv' });
        const [header, ...lines] = parseCsv(answer.text);
        for (const row of data) expect(Object.keys(row)).toEqual(header);
        expect(lines).toEqual(data.map((row) => Object.values(row).map(cellOf)));
        expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
      }
    });

    it('is named after its contents', async () => {
      const { headers } = await ask('groupBy=module,month&partnerId=acme&startDate=2026-01-01&format=csv');
      expect(headers.get('content-disposition')).toBe(
        'attachment; filename="revenue-by-month-and-module_acme_from_2026-01-01.csv"',
      );
    });
  });

  it.each([
    ['', 'query.groupBy'],
    ['groupBy=', 'query.groupBy'],
    ['groupBy=year', 'query.groupBy'],
    ['groupBy=Month', 'query.groupBy'],
    ['groupBy=day,month', 'query.groupBy'],
    ['groupBy=module,partner', 'query.groupBy'],
    ['groupBy=month,month', 'query.groupBy'],
    ['groupBy=month,module,partner', 'query.groupBy'],
    ['groupBy=month,', 'query.groupBy'],
    ['groupBy=month, module', 'query.groupBy'],
    ['groupBy=month&groupBy=module', 'query.groupBy'],
    ["groupBy=month');drop table users--", 'query.groupBy'],
    ['groupBy=constructor', 'query.groupBy'],
    ['groupBy[]=month', 'query.groupBy[]'],
    ['groupBy=month&sort=revenue', 'query.sort'],
    ['groupBy=month&limit=5', 'query.limit'],
    ['groupBy=month&timeZone=CEST', 'query.timeZone'],
    ['groupBy=month&format=xml', 'query.format'],
    ['groupBy=day&startDate=2010-01-01&endDate=2023-09-10', 'query.groupBy'],
    ['groupBy=day&startDate=0001-01-01&endDate=9999-12-31', 'query.groupBy'],
    ['groupBy=day,module&startDate=2010-01-01&endDate=2030-01-01', 'query.groupBy'],
  ])('%s is 400 and names its parameter', async (query, field) => {
    const { errors } = refusal(await ask(query), 400);
    expect(errors?.[0]?.field).toBe(field);
  });

  it('shows 5,000 periods, and years 1 to 9999', async () => {
    expect((await summary('groupBy=day&startDate=2010-01-01&endDate=2023-09-09')).data).toHaveLength(5_000);
    const { data } = await summary(
      'groupBy=week&startDate=9999-12-20&endDate=9999-12-31&timeZone=Asia/Tokyo',
    );
    expect(data.map(({ key }) => key)).toEqual(['9999-W51', '9999-W52']);
    const first = await summary('groupBy=month&startDate=0001-01-01&endDate=0001-01-31&timeZone=Asia/Tokyo');
    expect(first.data).toMatchObject([
      { key: '0001-01', from: '0000-12-31T14:41:01Z', to: '0001-01-31T14:41:01Z' },
    ]);
  });
});

/** The day in a time zone, computed without PostgreSQL. */
function localDay(instant: string, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(new Date(instant));
}

const KEYS: Readonly<Record<string, (day: string) => string>> = {
  day: (day) => day,
  week: (day) => {
    const thursday = new Date(`${day}T00:00:00Z`);
    thursday.setUTCDate(thursday.getUTCDate() + 4 - (thursday.getUTCDay() || 7));
    const year = thursday.getUTCFullYear();
    const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / 604_800_000) + 1;
    return `${year}-W${String(week).padStart(2, '0')}`;
  },
  month: (day) => day.slice(0, 7),
};

/** The keys of all days from the first to the last, each once. */
function keysBetween(first: string, last: string, keyOf: (day: string) => string): string[] {
  const keys = new Set<string>();
  for (const day = new Date(`${first}T00:00:00Z`); ; day.setUTCDate(day.getUTCDate() + 1)) {
    const text = day.toISOString().slice(0, 10);
    keys.add(keyOf(text));
    if (text === last) return [...keys];
  }
}

function cellOf(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  return /^ *[=+@-]|^\u3000/.test(text) ? `'${text}` : text;
}
