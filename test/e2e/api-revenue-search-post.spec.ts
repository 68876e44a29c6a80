import { DataSource } from 'typeorm';
import { refusal, refusedFields, send, type Answer } from '../support/http-client.js';
import { importRecords } from '../support/lines.js';
import { ACME, allRows, askRevenue, FINANCE, revenueReport, type Report } from '../support/revenue-client.js';
import { MODULE_PARTNERS, revenuePlatform } from '../support/revenue-platform.js';
import { startTestService, type TestService } from '../support/service.js';

const CSV = { accept: 'text/csv' };
const PREVIEW = '/api/variables/partnerRevenueShare/preview';
/** Each filter as a query and as a body. */
const FILTERS: readonly (readonly [string, object])[] = [
  ['', {}],
  [
    'moduleId=a-maps&moduleId=b-solo&includeFree=true&sort=moduleName&order=asc&limit=7',
    { moduleId: ['a-maps', 'b-solo'], includeFree: true, sort: 'moduleName', order: 'asc', limit: 7 },
  ],
  ['userId=ann&userId=cem&sort=revenue', { userId: ['ann', 'cem'], sort: 'revenue' }],
  ['exceptModuleId=a-maps&exceptModuleId=own-core', { exceptModuleId: ['a-maps', 'own-core'] }],
  [
    'startDate=2026-02-01&endDate=2026-03-31&timeZone=Europe/Berlin&partnerId=acme&owner=partner',
    {
      startDate: '2026-02-01',
      endDate: '2026-03-31',
      timeZone: 'Europe/Berlin',
      partnerId: ['acme'],
      owner: 'partner',
    },
  ],
];

describe('the report’s filter in a body', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService();
    expect((await importRecords(service.app, revenuePlatform())).refusals).toEqual([]);
  });
  afterAll(() => service.close());

  const post = (
    path: string,
    body: unknown,
    { token = FINANCE, headers = {} }: { token?: string; headers?: Record<string, string> } = {},
  ): Promise<Answer> => send(service.url + path, { method: 'POST', token, headers, body });
  const search = (body: unknown, token = FINANCE): Promise<Answer> =>
    post('/api/revenue/search', body, { token });
  const withoutTime = (answer: Answer): object => ({ ...answer.json<object>(), snapshotAt: null });

  it.each(FILTERS)('gives the same response as GET: %s', async (query, body) => {
    for (const token of [FINANCE, ACME]) {
      if (token === ACME && query.includes('b-solo')) continue;
      if (token === ACME && /own-core|userId/.test(query)) continue;
      const [byGet, byPost] = [await askRevenue(service, query, token), await search(body, token)];
      expect([byGet.status, byPost.status]).toEqual([200, 200]);
      expect(withoutTime(byPost)).toEqual(withoutTime(byGet));
      expect(byPost.json<Report>().totals.deployments).toBeGreaterThan(0);
    }
    const filter = without(body, ['sort', 'order', 'limit']);
    const plain = query.replace(/&(?:sort|order|limit)=\w+/g, '');
    for (const groupBy of ['module', 'month,partner']) {
      const asked = `${service.url}/api/revenue/summary?groupBy=${groupBy}&${plain}`;
      const byGet = await send(asked, { token: FINANCE });
      const byPost = await post('/api/revenue/summary/search', { ...filter, groupBy });
      expect([byPost.status, withoutTime(byPost)]).toEqual([200, withoutTime(byGet)]);
    }
    const byGet = await send(`${service.url}${PREVIEW}?value=40&${plain}`, { token: FINANCE });
    const byPost = await post(PREVIEW, { ...filter, value: '40' });
    expect([byPost.status, withoutTime(byPost)]).toEqual([200, withoutTime(byGet)]);
  });

  it.each(FILTERS)('gives the same file, by Accept and by format: %s', async (query, body) => {
    const filter = without(body, ['limit']);
    const plain = query.replace(/&limit=\d+/, '');
    const byGet = await askRevenue(service, plain, FINANCE, CSV);
    const answers = [
      await post('/api/revenue/search', filter, { headers: CSV }),
      await search({ ...filter, format: 'csv' }),
    ];
    for (const answer of answers) {
      expect([answer.status, answer.text]).toEqual([200, byGet.text]);
      for (const header of ['content-type', 'content-disposition']) {
        expect(answer.headers.get(header)).toBe(byGet.headers.get(header));
      }
    }
    const summary = await post('/api/revenue/summary/search', { groupBy: 'month', format: 'csv' });
    expect(summary.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  });

  it('accepts cursors of GET, and GET accepts its cursors', async () => {
    const body = { exceptModuleId: ['a-maps'], includeFree: true, limit: 10 };
    const query = 'exceptModuleId=a-maps&includeFree=true&limit=10';
    const first = (await search(body)).json<Report>();
    const cursor = first.page.nextCursor as string;
    const second = await search({ ...body, cursor });
    expect(second.json<Report>().data).toHaveLength(10);
    expect(withoutTime(second)).toEqual(withoutTime(await askRevenue(service, `${query}&cursor=${cursor}`)));
    const back = second.json<Report>().page.prevCursor as string;
    expect((await revenueReport(service, `${query}&cursor=${back}`)).data).toEqual(first.data);
    // A cursor is bound to the excluded modules, like to the rest of the filter.
    expect(refusedFields(await search({ ...body, exceptModuleId: ['a-atlas'], cursor }))).toEqual(['cursor']);
    expect(refusedFields(await askRevenue(service, `includeFree=true&limit=10&cursor=${cursor}`))).toEqual([
      'query.cursor',
    ]);
  });

  it('is a read: it writes no event, stores no answer, and accepts any Idempotency-Key', async () => {
    const counted = (): Promise<unknown> =>
      service.app
        .get(DataSource)
        .query(
          'SELECT (SELECT count(*) FROM audit_events) AS events, (SELECT count(*) FROM idempotency_records) AS keys',
        );
    const before = await counted();
    const headers = { 'idempotency-key': 'the same' };
    for (const body of [{}, { includeFree: true }]) {
      const answer = await post('/api/revenue/search', body, { headers });
      expect([answer.status, answer.headers.get('idempotency-replayed')]).toEqual([200, null]);
    }
    expect(await counted()).toEqual(before);
  });

  it.each<[why: string, body: object, fields: string[]]>([
    ['numbers and booleans as texts', { limit: '50', includeFree: 'true' }, ['limit', 'includeFree']],
    ['a list as a text', { moduleId: 'a-maps' }, ['moduleId']],
    ['a list of nothing', { moduleId: [] }, ['moduleId']],
    ['a list with null', { exceptModuleId: [null] }, ['exceptModuleId']],
    ['more than 5,000 ids', { moduleId: Array.from({ length: 5_001 }, (_, n) => `m${n}`) }, ['moduleId']],
    ['an unknown field', { module: ['a-maps'] }, ['module']],
    ['a zone that is none', { timeZone: 'Mars/Olympus' }, ['timeZone']],
    ['an end before its start', { startDate: '2026-02-02', endDate: '2026-02-01' }, ['endDate']],
    ['a part of a file', { format: 'csv', limit: 3 }, ['limit']],
  ])('refuses %s, with the name of the field', async (_why, body, fields) => {
    const answer = await search(body);
    expect(refusedFields(answer).sort()).toEqual([...fields].sort());
    expect(answer.text).not.toContain('query.');
  });

  it('accepts no query parameters', async () => {
    expect(refusedFields(await post('/api/revenue/search?includeFree=true', {}))).toEqual([
      'query.includeFree',
    ]);
  });

  it('accepts 5,000 of the longest ids, and refuses bodies of more than 2 MiB', async () => {
    const longest = Array.from({ length: 5_000 }, (_, n) => String(n).padStart(128, 'x'));
    const answer = await search({ moduleId: longest, exceptModuleId: longest, partnerId: longest });
    expect(refusal(answer, 404).code).toBe('REVENUE.MODULE_NOT_FOUND');
    expect((await search({ moduleId: ['x'.repeat(2 * 1024 * 1024)] })).status).toBe(413);
  });

  describe('exceptModuleId', () => {
    it.each([
      ['exceptModuleId=a-maps', (id: string) => id !== 'a-maps'],
      ['exceptModuleId=a-maps&exceptModuleId=own-core', (id: string) => !['a-maps', 'own-core'].includes(id)],
      ['exceptModuleId=a-maps&partnerId=acme', (id: string) => id !== 'a-maps' && id.startsWith('a-')],
      ['exceptModuleId=own-core&owner=platform', () => false],
      ['moduleId=a-maps&moduleId=b-solo&exceptModuleId=a-maps', (id: string) => id === 'b-solo'],
      ['moduleId=a-maps&exceptModuleId=a-maps', () => false],
      [`exceptModuleId=${Object.keys(MODULE_PARTNERS).join('&exceptModuleId=')}`, () => false],
    ])('excludes rows, totals and sums alike: %s', async (query, stays) => {
      const expected = (await allRows(service, 'includeFree=true')).filter(({ moduleId }) => stays(moduleId));
      for (const sort of ['createdAt', 'revenue', 'moduleName']) {
        const rows = await allRows(service, `includeFree=true&sort=${sort}&${query}`);
        expect(rows.map(({ deploymentId }) => deploymentId).sort()).toEqual(
          expected.map(({ deploymentId }) => deploymentId).sort(),
        );
      }
      const { totals, filter } = await revenueReport(service, `includeFree=true&${query}`);
      expect(totals.deployments).toBe(expected.length);
      expect(filter['exceptModuleIds']).toEqual(
        [...query.matchAll(/exceptModuleId=([\w-]+)/g)]
          .map(([, id]) => id as string)
          .sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other))),
      );
      const groups = await Promise.all(
        ['module', 'partner', 'month'].map(async (groupBy) => {
          const asked = `${service.url}/api/revenue/summary?includeFree=true&groupBy=${groupBy}&${query}`;
          return (await send(asked, { token: FINANCE })).json<{
            data: { key: string; deployments: number }[];
          }>();
        }),
      );
      for (const { data } of groups) {
        expect(data.reduce((sum, { deployments }) => sum + deployments, 0)).toBe(expected.length);
      }
      expect(groups[0]?.data.every(({ key }) => stays(key))).toBe(true);
    });

    it('answers 404 for unknown ids, and for a partner for foreign ones', async () => {
      expect(refusal(await askRevenue(service, 'exceptModuleId=nothing'), 404).code).toBe(
        'REVENUE.MODULE_NOT_FOUND',
      );
      expect((await askRevenue(service, 'exceptModuleId=b-solo', ACME)).status).toBe(404);
      expect((await search({ exceptModuleId: ['b-solo'] }, ACME)).status).toBe(404);
    });

    it('is in the name of the file', async () => {
      const name = async (query: string): Promise<string | null> =>
        (await askRevenue(service, query, FINANCE, CSV)).headers.get('content-disposition');
      expect(await name('exceptModuleId=a-maps')).toBe(
        'attachment; filename="module-revenue_without-a-maps.csv"',
      );
      expect(await name('exceptModuleId=a-maps&exceptModuleId=own-core&partnerId=acme')).toBe(
        'attachment; filename="module-revenue_acme_without-2-modules.csv"',
      );
    });
  });
});

function without(body: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)));
}
