import { refusal, send } from '../support/http-client.js';
import { importRecords } from '../support/lines.js';
import { allRows, FINANCE, picos } from '../support/revenue-client.js';
import { revenuePlatform } from '../support/revenue-platform.js';
import { startTestService, type TestService } from '../support/service.js';
import { contentOfTables } from '../support/table-contents.js';

type Figures = Readonly<Record<'grossRevenue' | 'revenueNow' | 'revenueThen' | 'difference', string>>;

interface Preview {
  readonly data: readonly (Figures & { readonly partnerId: string; readonly partnerName: string })[];
  readonly totals: Figures;
  readonly [field: string]: unknown;
}

describe('GET /api/variables/partnerRevenueShare/preview', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService();
    expect((await importRecords(service.app, revenuePlatform())).refusals).toEqual([]);
  });
  afterAll(() => service.close());

  const ask = (query: string) =>
    send(`${service.url}/api/variables/partnerRevenueShare/preview?${query}`, { token: FINANCE });
  const preview = async (query: string): Promise<Preview> => {
    const answer = await ask(query);
    if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.text}`);
    return answer.json<Preview>();
  };

  it.each([
    ['value=35', 350_000n],
    ['value=12.3456&startDate=2026-02-01&endDate=2026-03-31&timeZone=America/New_York', 123_456n],
    ['value=0&partnerId=bolt', 0n],
    ['value=100&moduleId=a-maps&moduleId=b-solo&includeFree=true', 1_000_000n],
    ['value=30.0000&owner=partner', 300_000n],
  ])('computes each partner exactly, and all of them: %s', async (query, then) => {
    const rows = await allRows(service, query.replace(/^value=[^&]*&?/, ''));
    const found = await preview(query);
    const sum = (figure: 'grossRevenue' | 'revenue', partnerId?: string): bigint =>
      rows
        .filter((row) => (partnerId === undefined ? row.partnerId !== null : row.partnerId === partnerId))
        .reduce((total, row) => total + picos(row[figure]), 0n);
    const expectFigures = (figures: Figures, partnerId?: string): void => {
      const gross = sum('grossRevenue', partnerId);
      expect(picos(figures.grossRevenue)).toBe(gross);
      expect(picos(figures.revenueNow)).toBe(sum('revenue', partnerId));
      expect(picos(figures.revenueThen)).toBe((gross * then) / 1_000_000n);
      const difference =
        picos(figures.difference.replace('-', '')) * (figures.difference.startsWith('-') ? -1n : 1n);
      expect(difference).toBe(picos(figures.revenueThen) - picos(figures.revenueNow));
      expect(figures.difference).not.toBe('-0');
    };
    const partners = new Set(rows.map(({ partnerId }) => partnerId).filter((id) => id !== null));
    expect(new Set(found.data.map(({ partnerId }) => partnerId))).toEqual(partners);
    for (const row of found.data) expectFigures(row, row.partnerId);
    expectFigures(found.totals);
    expect(sum('grossRevenue')).toBeGreaterThan(0n);
  });

  it('names the partners, the highest gross first, and repeats its filter', async () => {
    const found = await preview('value=35');
    expect(found.data.map(({ partnerId, partnerName }) => [partnerId, partnerName])).toEqual([
      ['acme', 'hello@acme.example'],
      ['bolt', '+sum@bolt.example'],
    ]);
    expect(found).toMatchObject({ value: '35', partnerRevenueShare: '30', currency: 'USD' });
    expect(found['filter']).toMatchObject({ from: null, to: null, timeZone: 'UTC', owner: null });
    expect(found['snapshotAt']).toMatch(/Z$/);
  });

  it('contains nothing of the platform’s own modules', async () => {
    const found = await preview('value=35&owner=platform');
    expect(found.data).toEqual([]);
    expect(found.totals).toEqual({ grossRevenue: '0', revenueNow: '0', revenueThen: '0', difference: '0' });
  });

  it('changes nothing', async () => {
    const before = await contentOfTables(service);
    await preview('value=99.9999');
    expect(await contentOfTables(service)).toEqual(before);
  });

  it.each([
    ['', 'query.value'],
    ['value=', 'query.value'],
    ['value=-1', 'query.value'],
    ['value=100.0001', 'query.value'],
    ['value=1.23456', 'query.value'],
    ['value=030', 'query.value'],
    ['value=1e1', 'query.value'],
    ['value=30%25', 'query.value'],
    ['value=30&value=40', 'query.value'],
    ['value=30&sort=revenue', 'query.sort'],
    ['value=30&timeZone=CEST', 'query.timeZone'],
    ['value=30&startDate=2026-02-02&endDate=2026-02-01', 'query.endDate'],
  ])('%s is 400 and names its parameter', async (query, field) => {
    const { errors } = refusal(await ask(query), 400);
    expect(errors?.[0]?.field).toBe(field);
  });

  it('answers 404 for unknown ids', async () => {
    refusal(await ask('value=30&partnerId=nobody'), 404);
    refusal(await ask('value=30&userId=nobody'), 404);
    refusal(await ask('value=30&moduleId=nothing'), 404);
  });
});
