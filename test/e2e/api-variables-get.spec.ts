import { refusal, refusedFields, send, type Answer } from '../support/http-client.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

interface History {
  data: { who: string; when: string; from: string; to: string }[];
  page: { limit: number; nextCursor: string | null };
}

describe('GET /api/variables', () => {
  let service: TestService;
  const finance = tokenOf('cfo', ['finance']);
  const admin = tokenOf('root', ['admin']);

  beforeEach(async () => {
    service = await startTestService();
  });
  afterEach(() => service.close());

  const get = (path: string, token = finance): Promise<Answer> =>
    send(`${service.url}/api/variables${path}`, { token });
  const set = (key: string, value: string, token = admin): Promise<Answer> =>
    send(`${service.url}/api/variables/${key}`, { method: 'PUT', token, body: { value } });

  it('lists all of them with their defaults before the first change', async () => {
    const unset = { updatedAt: null, updatedBy: null };
    const answer = await get('');
    expect(answer.status).toBe(200);
    expect(answer.json()).toEqual({
      data: [
        {
          key: 'partnerRevenueShare',
          value: '30',
          default: '30',
          ...unset,
          timeline: [{ from: null, to: null, value: '30' }],
        },
        { key: 'creditsPerUnit', value: '10', default: '10', ...unset },
        { key: 'currency', value: 'USD', default: 'USD', ...unset },
        { key: 'timeZone', value: 'UTC', default: 'UTC', ...unset },
        { key: 'minimumPayout', value: '0', default: '0', ...unset },
      ],
    });
  });

  it('shows one, with its last change', async () => {
    await set('timeZone', 'Europe/Berlin');
    const answer = await get('/timeZone');
    expect(answer.json()).toEqual({
      key: 'timeZone',
      value: 'Europe/Berlin',
      default: 'UTC',
      updatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3}|\.\d{6})?Z$/) as string,
      updatedBy: 'root',
    });
    expect(answer.headers.get('etag')).toMatch(/^"[^"]+"$/);
  });

  it('keeps the ETag while nothing changes', async () => {
    const etag = (await get('/currency')).headers.get('etag') as string;
    expect((await get('/currency')).headers.get('etag')).toBe(etag);
    await set('currency', 'EUR');
    expect((await get('/currency')).headers.get('etag')).not.toBe(etag);
  });

  it('shows the history, the latest change first, page by page', async () => {
    for (const value of ['10', '10', '20', '20.0', '12.5']) await set('creditsPerUnit', value);
    await set('timeZone', 'Asia/Kolkata');
    const { data } = (await get('/creditsPerUnit/history')).json<History>();
    expect(data.map(({ who, from, to }) => [who, from, to])).toEqual([
      ['root', '20', '12.5'],
      ['root', '10', '20'],
      ['root', '10', '10'],
    ]);
    expect(data[0]?.when).toBe((await get('/creditsPerUnit')).json<{ updatedAt: string }>().updatedAt);
    const first = (await get('/creditsPerUnit/history?limit=2')).json<History>();
    expect(first.data).toEqual(data.slice(0, 2));
    await set('creditsPerUnit', '99');
    const rest = (await get(`/creditsPerUnit/history?cursor=${first.page.nextCursor}`)).json<History>();
    expect(rest).toEqual({ data: data.slice(2), page: { limit: 50, nextCursor: null } });
    const foreign = await get(`/timeZone/history?cursor=${first.page.nextCursor}`);
    expect(refusal(foreign).code).toBe('PAGING.BAD_CURSOR');
  });

  it('answers 404 for unknown keys', async () => {
    for (const key of ['nothing', 'PartnerRevenueShare', '__proto__', '%F0%9F%92%A9']) {
      expect(refusal(await get(`/${key}`), 404).code).toBe('VARIABLES.NOT_FOUND');
      expect(refusal(await get(`/${key}/history`), 404).code).toBe('VARIABLES.NOT_FOUND');
    }
    expect(refusedFields(await get('?key=currency'))).toEqual(['query.key']);
    expect(refusedFields(await get('/currency/history?limit=0'))).toEqual(['query.limit']);
  });

  it('is for finance and admin', async () => {
    for (const path of ['', '/currency', '/currency/history']) {
      expect((await get(path, admin)).status).toBe(200);
      for (const role of ['user', 'partner', 'platform'] as const) {
        expect((await get(path, tokenOf('x', [role]))).status).toBe(403);
      }
    }
  });
});
