import { refusal, send } from '../support/http-client.js';
import { importRecords } from '../support/lines.js';
import {
  ACME,
  allRows,
  askRevenue,
  picos,
  revenueReport,
  type Report,
  type Row,
} from '../support/revenue-client.js';
import { MODULE_PARTNERS, revenuePlatform } from '../support/revenue-platform.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

describe('GET /api/revenue, in order and page by page', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService();
    expect((await importRecords(service.app, revenuePlatform())).refusals).toEqual([]);
  });
  afterAll(() => service.close());

  describe('sorts', () => {
    const decimal = (text: string) => picos(text).toString().padStart(40, '0');
    const keyOf: Record<string, (row: Row) => string[]> = {
      createdAt: () => [],
      revenue: (row) => [decimal(row.partnerId === null ? '0' : row.grossRevenue)],
      creditCost: (row) => [decimal(row.creditCost)],
      moduleName: (row) => [row.moduleName.toLowerCase(), row.moduleId],
    };
    const bytes = (parts: readonly string[]) => Buffer.from(parts.join('\0'));

    it.each(
      Object.keys(keyOf).flatMap((sort) => [
        [sort, 'asc'],
        [sort, 'desc'],
      ]),
    )('by %s, %s: like a plain sort of all rows', async (sort, order) => {
      const rows = await allRows(service, `includeFree=true&sort=${sort}&order=${order}`);
      const placed = rows.map((row) => ({
        id: row.deploymentId,
        key: bytes([...(keyOf[sort]?.(row) ?? []), row.createdAt, row.deploymentId]),
      }));
      const sorted = [...placed].sort((a, b) => Buffer.compare(a.key, b.key));
      if (order === 'desc') sorted.reverse();
      expect(placed.map(({ id }) => id)).toEqual(sorted.map(({ id }) => id));
      expect(new Set(rows.map((row) => row.deploymentId)).size).toBe(120);
    });

    it.each(
      Object.keys(keyOf).flatMap((sort) => [
        [sort, 'asc'],
        [sort, 'desc'],
      ]),
    )('by %s, %s, of customers: the rows of all in the same order, page by page', async (sort, order) => {
      const query = `includeFree=true&sort=${sort}&order=${order}`;
      const rows = (await allRows(service, query)).filter(({ userId }) => userId !== 'bob');
      const found: Row[] = [];
      for (let cursor = ''; ;) {
        const { data, page } = await revenueReport(
          service,
          `${query}&userId=ann&userId=cem&limit=9${cursor}`,
        );
        found.push(...data);
        if (page.nextCursor === null) break;
        cursor = `&cursor=${page.nextCursor}`;
      }
      expect(found).toEqual(rows);
    });

    it('by moduleName continue with the module if names differ only in capitals', async () => {
      const rows = await allRows(service, 'includeFree=true&sort=moduleName&order=asc');
      const modules = rows.map((row) => row.moduleId).filter((id, index, ids) => id !== ids[index - 1]);
      expect(modules).toHaveLength(Object.keys(MODULE_PARTNERS).length);
    });
  });

  describe('pages', () => {
    it.each([
      ['createdAt', 'desc', 7, 'owner=partner'],
      ['createdAt', 'asc', 1, 'partnerId=bolt'],
      ['revenue', 'desc', 50, 'owner=partner'],
      ['revenue', 'asc', 11, 'owner=platform'],
      ['creditCost', 'desc', 13, 'owner=partner'],
      ['moduleName', 'asc', 9, 'owner=partner'],
      ['moduleName', 'desc', 120, 'owner=partner'],
    ])(
      'by %s %s, %i at a time: forward and back, each row exactly once',
      async (sort, order, limit, filter) => {
        const query = `includeFree=true&sort=${sort}&order=${order}&${filter}`;
        const rows = await allRows(service, query);
        const there: Row[] = [];
        const firsts: (string | null)[] = [];
        let page = await revenueReport(service, `${query}&limit=${limit}`);
        expect(page.page.prevCursor).toBeNull();
        for (;;) {
          there.push(...page.data);
          firsts.push(page.data[0]?.deploymentId ?? null);
          expect(page.totals.deployments).toBe(rows.length);
          if (page.page.nextCursor === null) break;
          page = await revenueReport(service, `${query}&limit=${limit}&cursor=${page.page.nextCursor}`);
        }
        expect(there).toEqual(rows);

        const back: Row[] = [...page.data];
        while (page.page.prevCursor !== null) {
          page = await revenueReport(service, `${query}&limit=${limit}&cursor=${page.page.prevCursor}`);
          expect(page.page.nextCursor).not.toBeNull();
          back.unshift(...page.data);
        }
        expect(back).toEqual(rows);
        expect(firsts).toHaveLength(Math.ceil(rows.length / limit));
      },
    );

    it('can change their length between pages', async () => {
      const first = await revenueReport(service, 'limit=5');
      const rest = await revenueReport(service, `limit=500&cursor=${first.page.nextCursor}`);
      expect([...first.data, ...rest.data]).toEqual(await allRows(service));
    });

    it.each([
      'order=asc',
      'sort=revenue',
      'includeFree=true',
      'moduleId=a-maps',
      'userId=ann',
      'startDate=2026-01-01',
      'timeZone=Asia/Tokyo',
      'owner=partner',
    ])('do not continue with another filter or order: %s', async (query) => {
      const { page } = await revenueReport(service, 'limit=3');
      expect(refusal(await askRevenue(service, `${query}&cursor=${page.nextCursor}`), 400).code).toBe(
        'PAGING.BAD_CURSOR',
      );
    });

    it('by moduleName continue only while the module has its name: no row is repeated or skipped', async () => {
      const query = 'includeFree=true&sort=moduleName&moduleId=a-maps&limit=3';
      const goOn = (cursor: string | null) => askRevenue(service, `${query}&cursor=${cursor}`);
      const rename = async (name: string) => {
        const change = { method: 'PATCH', token: tokenOf('root', ['admin']), body: { name } };
        expect((await send(`${service.url}/api/modules/a-maps`, change)).status).toBe(200);
      };
      const { nextCursor } = (await revenueReport(service, query)).page;
      await rename('Aardvarks');
      expect(refusal(await goOn(nextCursor), 400).code).toBe('PAGING.BAD_CURSOR');
      await rename('MAPS, "big" ones');
      const { data } = (await goOn(nextCursor)).json<Report>();
      expect(data).toEqual((await allRows(service, query.replace('&limit=3', ''))).slice(3, 6));
      await rename('Maps, "big" ones');
    });

    it('do not continue for a caller who sees less', async () => {
      const { page } = await revenueReport(service, 'limit=3&partnerId=acme');
      refusal(await askRevenue(service, `cursor=${page.nextCursor}`, ACME), 400);
    });

    it('refuse a forged position as bad input, never as a failure', async () => {
      const { page } = await revenueReport(service, 'limit=3&sort=revenue');
      const parts = JSON.parse(Buffer.from(page.nextCursor as string, 'base64url').toString()) as string[];
      for (const forged of [
        [parts[0], parts[1], 'NaN', ...parts.slice(3)],
        ...[
          '2026-99-01 00:00:00+00',
          '2026-02-31 12:00:00+00',
          '2026-02-28 99:99:99+00',
          '0000-01-01 00:00:00+00',
          '2026-02-28 12:00:00.1234567+00',
          '2026-02-28 12:00:00+0000',
          'now',
        ].map((at) => [parts[0], parts[1], parts[2], at, parts[4]]),
        [parts[0], 'sideways', ...parts.slice(2)],
        [...parts.slice(0, 4), 'd\0'],
        parts.slice(0, 4),
      ]) {
        const cursor = Buffer.from(JSON.stringify(forged)).toString('base64url');
        const { code } = refusal(await askRevenue(service, `sort=revenue&cursor=${cursor}`), 400);
        expect(code).toBe('PAGING.BAD_CURSOR');
      }
    });

    it('lead back to the first page if all rows before were refunded since', async () => {
      const use = (id: string, hour: number) => ({
        ...{ type: 'deployment', id, userId: 'dan', moduleId: 'b-new', creditCost: '1' },
        createdAt: `2026-06-01T0${hour}:00:00Z`,
      });
      const more = [
        { type: 'user', id: 'dan', roles: ['user'] },
        { type: 'module', id: 'b-new', name: 'New', partnerId: 'bolt', creditCost: '1' },
        {
          ...{ type: 'purchase', externalId: 'three', userId: 'dan', credits: '3', amount: '3' },
          occurredAt: '2026-06-01T00:00:00Z',
        },
        ...[use('oldest', 1), use('middle', 2), use('newest', 3)],
      ];
      expect((await importRecords(service.app, more)).refusals).toEqual([]);
      const query = 'limit=1&moduleId=b-new';
      const idsOf = ({ data }: Report) => data.map((row) => row.deploymentId);
      const first = await revenueReport(service, query);
      const second = await revenueReport(service, `${query}&cursor=${first.page.nextCursor}`);
      expect([idsOf(first), idsOf(second)]).toEqual([['newest'], ['middle']]);

      const refund = { type: 'refund', externalId: 'all-of-it', deploymentId: 'newest' };
      const refused = await importRecords(service.app, [{ ...refund, occurredAt: '2026-06-02T00:00:00Z' }]);
      expect(refused.refusals).toEqual([]);
      const before = await revenueReport(service, `${query}&cursor=${second.page.prevCursor}`);
      expect([idsOf(before), before.page.prevCursor]).toEqual([['middle'], null]);
      const next = await revenueReport(service, `${query}&cursor=${before.page.nextCursor}`);
      expect(idsOf(next)).toEqual(['oldest']);
    });
  });
});
