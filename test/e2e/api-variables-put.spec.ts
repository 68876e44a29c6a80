import { VariablesService } from '../../src/variables/index.js';
import { refusal, refusedFields, send, type Answer } from '../support/http-client.js';
import { micros } from '../support/ledger-builders.js';
import { importRecords } from '../support/lines.js';
import { ALWAYS_30 } from '../support/revenue-filters.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

describe('PUT /api/variables/{key}', () => {
  let service: TestService;
  const admin = tokenOf('root', ['admin']);

  beforeAll(async () => {
    service = await startTestService();
  });
  afterAll(() => service.close());

  const put = (
    key: string,
    value: unknown,
    headers: Record<string, string> = {},
    token = admin,
  ): Promise<Answer> =>
    send(`${service.url}/api/variables/${key}`, { method: 'PUT', token, body: { value }, headers });
  const get = (key: string): Promise<Answer> => send(`${service.url}/api/variables/${key}`, { token: admin });
  const historyOf = async (key: string): Promise<unknown[]> =>
    (await get(`${key}/history?limit=500`)).json<{ data: unknown[] }>().data;

  it.each([
    ['partnerRevenueShare', '0', '0'],
    ['partnerRevenueShare', '100.0000', '100'],
    ['partnerRevenueShare', '33.3333', '33.3333'],
    ['partnerRevenueShare', '12.500000', '12.5'],
    ['creditsPerUnit', '0.01', '0.01'],
    ['creditsPerUnit', '1000000.00', '1000000'],
    ['creditsPerUnit', '12.340', '12.34'],
    ['currency', 'EUR', 'EUR'],
    ['currency', 'VED', 'VED'],
    ['timeZone', 'Europe/Berlin', 'Europe/Berlin'],
    ['timeZone', 'America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['timeZone', 'UTC', 'UTC'],
  ])('sets %s to %s', async (key, value, canonical) => {
    const answer = await put(key, value);
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({ key, value: canonical, updatedBy: 'root' });
    expect((await get(key)).text).toBe(answer.text);
    expect((await get(key)).headers.get('etag')).toBe(answer.headers.get('etag'));
  });

  it.each([
    ['partnerRevenueShare', ['100.0001', '-1', '30.00001', '1e1', '030', '', ' 30', '30%', 'NaN', '٣']],
    ['creditsPerUnit', ['0', '0.001', '0.009', '1000000.01', '10000000', '12.345', '-5', 'ten', '1_000']],
    ['currency', ['usd', 'US', 'USDX', 'XXX', 'XTS', 'ABC', 'US\0', '']],
    [
      'timeZone',
      [
        'europe/berlin',
        'Europe/Atlantis',
        'CEST',
        '+01:00',
        'UTC+1',
        'posix/Europe/Berlin',
        'right/UTC',
        'posixrules',
        'localtime',
        'Factory',
        'EST5EDT,M3.2.0,M11.1.0',
        'Europe/Berlin\0',
        '../../etc/passwd',
        '',
      ],
    ],
  ])('refuses invalid values of %s', async (key, values) => {
    const before = (await get(key)).text;
    for (const value of values) {
      const answer = await put(key, value);
      expect(refusal(answer).errors).toEqual([{ field: 'value', message: expect.any(String) as string }]);
    }
    expect((await get(key)).text).toBe(before);
  });

  it.each([30, null, undefined, true, ['30'], { text: '30' }])(
    'refuses %j, which is not a string',
    async (value) => {
      expect(refusedFields(await put('partnerRevenueShare', value))).toEqual(['value']);
    },
  );

  it('refuses unknown fields', async () => {
    const answer = await send(`${service.url}/api/variables/timeZone`, {
      method: 'PUT',
      token: admin,
      body: { value: 'UTC', key: 'currency' },
    });
    expect(refusedFields(answer)).toEqual(['key']);
  });

  it('writes history for a change only, but always for the first value', async () => {
    const fresh = await startTestService();
    const set = (value: string): Promise<Answer> =>
      send(`${fresh.url}/api/variables/creditsPerUnit`, { method: 'PUT', token: admin, body: { value } });
    const first = await set('10');
    const second = await set('10.00');
    expect(second.text).toBe(first.text);
    expect(second.headers.get('etag')).toBe(first.headers.get('etag'));
    await set('20');
    const variables = fresh.app.get(VariablesService, { strict: false });
    const changes = await variables.creditsPerUnitChanges();
    expect(changes.map(({ creditsPerUnit }) => creditsPerUnit)).toEqual([micros('10'), micros('20')]);
    expect((changes[1]?.since ?? 0n) > (changes[0]?.since ?? 0n)).toBe(true);
    expect(await variables.current()).toEqual({
      shares: ALWAYS_30,
      creditsPerUnit: micros('20'),
      currency: 'USD',
      minimumPayout: 0n,
      timeZone: 'UTC',
    });
    await fresh.close();
  });

  describe('with If-Match', () => {
    it('accepts the ETag in force, alone, among others, or *', async () => {
      for (const headerOf of [(tag: string) => tag, (tag: string) => `"old", ${tag}`, () => '*']) {
        const etag = (await get('timeZone')).headers.get('etag') as string;
        expect((await put('timeZone', 'Asia/Tokyo', { 'if-match': headerOf(etag) })).status).toBe(200);
        expect((await put('timeZone', 'UTC')).status).toBe(200);
      }
    });

    it.each(['"0"', 'W/"1"', 'nonsense', '""'])('refuses %s with 412, and changes nothing', async (etag) => {
      const before = (await get('timeZone')).text;
      const answer = await put('timeZone', 'Asia/Tokyo', { 'if-match': etag });
      expect(refusal(answer, 412).code).toBe('VARIABLES.CHANGED_MEANWHILE');
      expect((await get('timeZone')).text).toBe(before);
    });

    it('does not accept the weak form of the ETag in force', async () => {
      const etag = (await get('timeZone')).headers.get('etag') as string;
      expect((await put('timeZone', 'Asia/Tokyo', { 'if-match': `W/${etag}` })).status).toBe(412);
    });

    it('lets one of several at once through', async () => {
      const etag = (await get('partnerRevenueShare')).headers.get('etag') as string;
      const count = (await historyOf('partnerRevenueShare')).length;
      const values = ['41', '42', '43', '44'];
      const answers = await Promise.all(
        values.map((value) => put('partnerRevenueShare', value, { 'if-match': etag })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
      expect(await historyOf('partnerRevenueShare')).toHaveLength(count + 1);
    });
  });

  it('accepts all of several at once without it, one after the other', async () => {
    const count = (await historyOf('partnerRevenueShare')).length;
    const values = ['51', '52', '53', '54'];
    const answers = await Promise.all(values.map((value) => put('partnerRevenueShare', value)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const history = (await historyOf('partnerRevenueShare')) as { when: string; from: string; to: string }[];
    expect(history).toHaveLength(count + 4);
    history.slice(0, 4).forEach((change, index) => expect(change.from).toBe(history[index + 1]?.to));
    expect(new Set(history.map(({ when }) => when)).size).toBe(history.length);
  });

  it('does not change the currency after the first purchase', async () => {
    await put('currency', 'CHF');
    await importRecords(service.app, [
      { type: 'user', id: 'buyer', roles: ['user'] },
      {
        type: 'purchase',
        externalId: 'p1',
        userId: 'buyer',
        credits: '1',
        occurredAt: '2026-01-01T00:00:00Z',
      },
    ]);
    expect(refusal(await put('currency', 'EUR'), 409).code).toBe('VARIABLES.CURRENCY_IS_FROZEN');
    expect((await put('currency', 'CHF')).status).toBe(200);
    expect((await get('currency')).json()).toMatchObject({ value: 'CHF' });
  });

  it('answers 404 for unknown keys', async () => {
    expect(refusal(await put('nothing', '1'), 404).code).toBe('VARIABLES.NOT_FOUND');
  });

  it.each(['user', 'partner', 'finance', 'platform'] as const)('is not for %s', async (role) => {
    expect((await put('timeZone', 'UTC', {}, tokenOf('x', [role]))).status).toBe(403);
  });
});
