import { DataSource } from 'typeorm';
import { RevenueService } from '../../src/revenue/index.js';
import { slowRevenue, slowShare } from '../reference/slow-revenue.js';
import { parseCsv } from '../support/csv.js';
import { refusal, send, type Answer } from '../support/http-client.js';
import { importRecords } from '../support/lines.js';
import {
  ACME,
  allRows,
  askRevenue,
  FINANCE,
  picos,
  revenueReport,
  type Row,
  type ShareStep,
} from '../support/revenue-client.js';
import { revenuePlatform } from '../support/revenue-platform.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

const ADMIN = tokenOf('root', ['admin']);

/** Changes of the share, by day and zone. Deployments are at 23:00Z, which is midnight in Berlin in winter. */
const TIMELINES: Readonly<Record<string, readonly (readonly [zone: string, day: string, value: string])[]>> =
  {
    'one step': [],
    'a step at the very instant of deployments': [['Europe/Berlin', '2026-02-02', '12.3456']],
    'steps inside months, in New York': [
      ['America/New_York', '2026-01-15', '25'],
      ['America/New_York', '2026-02-11', '0'],
      ['America/New_York', '2026-03-08', '33.3333'],
      ['America/New_York', '2026-03-09', '100'],
      ['America/New_York', '2026-04-20', '0.0001'],
      ['America/New_York', '2100-01-01', '50'],
    ],
    'steps on neighbouring days and in other zones': [
      ['Asia/Kathmandu', '2026-02-10', '20'],
      ['Europe/Berlin', '2026-02-11', '40'],
      ['America/New_York', '2026-02-11', '60'],
      ['Asia/Tokyo', '2026-04-01', '7.5'],
    ],
  };

const QUERIES = [
  '',
  'includeFree=true',
  'startDate=2026-02-01&endDate=2026-03-08&timeZone=America/New_York',
  'startDate=2026-01-10T12:34:56Z&endDate=2026-03-09T04:00:00Z',
  'startDate=2026-02-11&endDate=2026-02-11&timeZone=Europe/Berlin&includeFree=true',
  'startDate=2026-02-11T00:00:00Z&endDate=2026-02-11T00:00:00Z',
  'partnerId=bolt&endDate=2026-03-01',
  'moduleId=a-maps&moduleId=own-core&startDate=2026-01-20',
  'exceptModuleId=a-maps&includeFree=true',
  'owner=platform',
  'userId=ann&userId=cem&startDate=2026-01-15',
];
const GROUPINGS = ['day', 'week', 'month', 'module', 'partner', 'month,module', 'week,partner', 'user'];
const ZONES = ['UTC', 'America/New_York', 'Pacific/Chatham'];
const FIGURES = ['grossRevenue', 'revenue', 'platformRevenue'] as const;

type Sums = Readonly<Record<(typeof FIGURES)[number], string>>;

describe('GET /api/revenue with a share that changes', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService();
    expect((await importRecords(service.app, revenuePlatform())).refusals).toEqual([]);
  });
  afterAll(() => service.close());

  const put = (key: string, body: object): Promise<Answer> =>
    send(`${service.url}/api/variables/${key}`, { method: 'PUT', token: ADMIN, body });
  /** Sets a timeline from nothing, and returns its steps. */
  const settle = async (name: string): Promise<readonly ShareStep[]> => {
    await put('partnerRevenueShare', { value: '30' });
    for (const [value, effectiveFrom, share] of TIMELINES[name] ?? []) {
      await put('timeZone', { value });
      expect((await put('partnerRevenueShare', { value: share, effectiveFrom })).status).toBe(200);
    }
    await put('timeZone', { value: 'UTC' });
    const variable = await send(`${service.url}/api/variables/partnerRevenueShare`, { token: ADMIN });
    return variable.json<{ timeline: ShareStep[] }>().timeline;
  };
  const sumOf = (rows: readonly Sums[], figure: (typeof FIGURES)[number]): bigint =>
    rows.reduce((sum, row) => sum + picos(row[figure]), 0n);
  const csvOf = async (path: string): Promise<Record<string, string>[]> => {
    const answer = await send(`${service.url}${path}`, { token: FINANCE, headers: { accept: 'text/csv' } });
    const [head = [], ...lines] = parseCsv(answer.text);
    return lines.map((cells) =>
      Object.fromEntries(cells.map((cell, index) => [head[index] ?? '', cell] as const)),
    );
  };

  describe.each(Object.keys(TIMELINES))('%s', (name) => {
    let steps: readonly ShareStep[];

    beforeAll(async () => {
      steps = await settle(name);
      expect(steps).toHaveLength((TIMELINES[name]?.length ?? 0) + 1);
    });

    it.each(QUERIES)('has rows = totals = CSV = preview, each row with its own share: %s', async (query) => {
      const report = await revenueReport(service, `limit=500&${query}`);
      for (const row of report.data) {
        expect([row.partnerRevenueShare, picos(row.revenue)]).toEqual([
          slowShare(row, steps),
          slowRevenue(row, steps),
        ]);
      }
      const rows = report.data as readonly (Row & Sums)[];
      for (const figure of FIGURES) {
        expect([figure, picos(report.totals[figure] as string)]).toEqual([figure, sumOf(rows, figure)]);
      }
      const csv = await csvOf(`/api/revenue?${query}`);
      expect(
        csv.map((line) => [line['Deployment ID'], line['Partner Revenue Share %'], line['Revenue']]),
      ).toEqual(rows.map((row) => [row.deploymentId, row.partnerRevenueShare, row.revenue]));
      const preview = await send(
        `${service.url}/api/variables/partnerRevenueShare/preview?value=50&${query}`,
        { token: FINANCE },
      );
      const { totals } = preview.json<{ totals: Record<string, string> }>();
      expect(totals['revenueNow']).toBe(report.totals['revenue']);
    });

    it.each(QUERIES)('answers the steps inside the range: %s', async (query) => {
      const { filter, shares } = await revenueReport(service, `limit=1&${query}`);
      const [from, to] = [filter['from'] as string | null, filter['to'] as string | null];
      const inside = steps
        .map((step) => ({
          ...step,
          from: from !== null && (step.from === null || step.from < from) ? from : step.from,
          to: to !== null && (step.to === null || step.to > to) ? to : step.to,
        }))
        .filter((step) => step.from === null || step.to === null || step.from < step.to);
      expect(shares).toEqual(inside);
    });

    it.each(QUERIES)(
      'has summaries that add up to the totals, in every zone and period: %s',
      async (query) => {
        const { totals } = await revenueReport(service, `limit=1&${query}`);
        for (const [index, groupBy] of GROUPINGS.entries()) {
          const zone = query.includes('timeZone') ? '' : `&timeZone=${ZONES[index % ZONES.length]}`;
          const ends = query.includes('endDate=2026-03-01') ? '' : zone;
          const path = `/api/revenue/summary?groupBy=${groupBy}&${query}${ends}`;
          const summary = await send(`${service.url}${path}`, { token: FINANCE });
          const found = summary.json<{ data: (Sums & { key: string })[]; totals: Sums }>();
          for (const figure of FIGURES) {
            const sum = sumOf(found.data, figure);
            expect([groupBy, figure, sum]).toEqual([groupBy, figure, picos(found.totals[figure])]);
          }
          if (ends === '' || !query.includes('startDate=2026-0')) {
            expect(found.totals.revenue).toBe(totals['revenue']);
          }
          if (index > 0) continue;
          const lines = await csvOf(path);
          expect(lines.map(({ revenue }) => revenue)).toEqual(found.data.map(({ revenue }) => revenue));
        }
      },
    );

    it.each(['asc', 'desc'] as const)('sorts by revenue, complete and without repeats: %s', async (order) => {
      for (const query of ['includeFree=true', 'startDate=2026-01-20&endDate=2026-04-10', 'owner=partner']) {
        const rows = await allRows(service, query);
        const isOne = (await revenueReport(service, `limit=1&${query}`)).shares.length === 1;
        const sorted = [...rows].sort(
          (left, right) => compare(left, right, isOne) * (order === 'asc' ? 1 : -1),
        );
        for (const limit of [7, 50]) {
          const asked = `sort=revenue&order=${order}&limit=${limit}&${query}`;
          const pages: (readonly Row[])[] = [];
          let report = await revenueReport(service, asked);
          for (;;) {
            pages.push(report.data);
            if (report.page.nextCursor === null) break;
            report = await revenueReport(service, `${asked}&cursor=${report.page.nextCursor}`);
          }
          expect(pages.flat().map(idOf)).toEqual(sorted.map(idOf));
          for (const page of pages.slice(0, -1).toReversed()) {
            report = await revenueReport(service, `${asked}&cursor=${report.page.prevCursor}`);
            expect(report.data.map(idOf)).toEqual(page.map(idOf));
          }
        }
        const csv = await csvOf(`/api/revenue?sort=revenue&order=${order}&${query}`);
        expect(csv.map((line) => line['Deployment ID'])).toEqual(sorted.map(idOf));
      }
    });

    it('is what verify computes from the rows', async () => {
      const { violations } = await service.app.get(RevenueService, { strict: false }).verify();
      expect(violations).toEqual([]);
    });
  });

  describe('the cursor of a report by revenue', () => {
    const query = 'limit=10&startDate=2026-02-01&endDate=2026-03-31';
    const cursorOf = async (sort: string): Promise<string> =>
      (await revenueReport(service, `${query}&sort=${sort}`)).page.nextCursor as string;
    const goOn = async (sort: string, cursor: string): Promise<number> =>
      (await askRevenue(service, `${query}&sort=${sort}&cursor=${cursor}`)).status;

    it('is void when the share has changed inside the range, and only then', async () => {
      await settle('steps inside months, in New York');
      const [byRevenue, byTime] = [await cursorOf('revenue'), await cursorOf('createdAt')];
      await put('partnerRevenueShare', { value: '1', effectiveFrom: '2026-06-01' });
      await put('partnerRevenueShare', { value: '2', effectiveFrom: '2025-06-01' });
      expect(await goOn('revenue', byRevenue)).toBe(200);
      await put('partnerRevenueShare', { value: '3', effectiveFrom: '2026-03-20' });
      const refused = await askRevenue(service, `${query}&sort=revenue&cursor=${byRevenue}`);
      expect(refusal(refused, 400).code).toBe('PAGING.BAD_CURSOR');
      expect(await goOn('createdAt', byTime)).toBe(200);
    });

    it('goes on with one share, whatever it is', async () => {
      await settle('one step');
      const cursor = await cursorOf('revenue');
      await put('partnerRevenueShare', { value: '45' });
      expect(await goOn('revenue', cursor)).toBe(200);
      await put('partnerRevenueShare', { value: '35', effectiveFrom: '2026-03-01' });
      expect(await goOn('revenue', cursor)).toBe(400);
    });
  });

  it('applies a step in the future as soon as its time has come, without a change', async () => {
    await settle('one step');
    await put('partnerRevenueShare', { value: '10', effectiveFrom: '2100-01-01' });
    expect((await revenueReport(service)).partnerRevenueShare).toBe('30');
    await service.app.get(DataSource).query(
      `UPDATE variables SET timeline = jsonb_set(timeline, '{1,from}', to_jsonb('2026-03-01T00:00:00Z'::text))
          WHERE key = 'partnerRevenueShare'`,
    );
    const report = await revenueReport(service, 'limit=500');
    expect(report.partnerRevenueShare).toBe('10');
    for (const row of report.data) {
      expect(row.partnerRevenueShare).toBe(row.createdAt < '2026-03-01' ? '30' : '10');
    }
  });

  it('explains a row by its own share, and tells the steps in words', async () => {
    await settle('a step at the very instant of deployments');
    const row = (await allRows(service, 'partnerId=acme&endDate=2026-02-01')).at(-1) as Row;
    for (const token of [FINANCE, ACME]) {
      const answer = await send(`${service.url}/api/revenue/${row.deploymentId}`, { token });
      expect(answer.json()).toMatchObject({
        partnerRevenueShare: '30',
        partnerRevenueShareNow: '12.3456',
        sharesInWords: '30 % until 1 February 2026, 23:00, 12.3456 % from then',
        formula: `revenue = grossRevenue * partnerRevenueShare / 100 = ${row.grossRevenue} * 30 / 100 = ${row.revenue}`,
      });
    }
    await put('timeZone', { value: 'Europe/Berlin' });
    const answer = await send(`${service.url}/api/revenue/${row.deploymentId}`, { token: ACME });
    expect(answer.json()).toMatchObject({
      sharesInWords: '30 % until 2 February 2026, 12.3456 % from then',
    });
  });

  it.each([
    ['value=50', {}],
    ['value=50&effectiveFrom=2026-02-20', { effectiveFrom: '2026-02-20' }],
    ['value=30&effectiveFrom=2026-01-01', { effectiveFrom: '2026-01-01' }],
  ])('previews exactly what a change gives: %s', async (query, day) => {
    await settle('steps inside months, in New York');
    const range = 'startDate=2026-01-11&endDate=2026-04-25';
    const path = `${service.url}/api/variables/partnerRevenueShare/preview?${query}&${range}`;
    const preview = (await send(path, { token: FINANCE })).json<Record<string, unknown>>();
    const before = await revenueReport(service, `owner=partner&${range}`);
    const value = /value=(\d+)/.exec(query)?.[1];
    await put('partnerRevenueShare', { value, ...day });
    const after = await revenueReport(service, `owner=partner&${range}`);
    expect(preview['totals']).toMatchObject({
      revenueNow: before.totals['revenue'],
      revenueThen: after.totals['revenue'],
    });
    expect(preview).toMatchObject({ shares: before.shares, sharesThen: after.shares });
  });
});

const idOf = ({ deploymentId }: Row): string => deploymentId;

/** By revenue, or with one share by the gross that is shared; then by createdAt and id. */
function compare(left: Row, right: Row, isOne: boolean): number {
  const key = (row: Row): bigint =>
    row.partnerId === null ? 0n : picos(isOne ? row.grossRevenue : row.revenue);
  const [one, other] = [key(left), key(right)];
  if (one !== other) return one < other ? -1 : 1;
  if (left.createdAt !== right.createdAt) return left.createdAt < right.createdAt ? -1 : 1;
  return left.deploymentId < right.deploymentId ? -1 : 1;
}
