import { creditsClient, type CreditsClient } from '../support/credits-client.js';
import { parseCsv } from '../support/csv.js';
import { refusal } from '../support/http-client.js';
import { importRecords, type TestRecord } from '../support/lines.js';
import { revenuePlatform } from '../support/revenue-platform.js';
import { startTestService, type TestService } from '../support/service.js';

const DAY = (day: number): string => `2026-01-${String(day).padStart(2, '0')}T00:00:00Z`;

/** An award and a purchase with the same id that lapse at the same instant, and nothing after that. */
const TWINS: readonly TestRecord[] = [
  { type: 'user', id: 'tia', roles: ['user'] },
  {
    type: 'purchase',
    externalId: 'same',
    userId: 'tia',
    credits: '2',
    amount: '1',
    occurredAt: DAY(1),
    expiresAt: DAY(9),
  },
  { type: 'award', externalId: 'same', userId: 'tia', credits: '1', occurredAt: DAY(2), expiresAt: DAY(9) },
  { type: 'award', externalId: 'other', userId: 'tia', credits: '1', occurredAt: DAY(2), expiresAt: DAY(9) },
];

describe('GET /api/credits/history?order=', () => {
  let service: TestService;
  let credits: CreditsClient;

  beforeAll(async () => {
    service = await startTestService();
    credits = creditsClient(service);
    expect((await importRecords(service.app, [...revenuePlatform(), ...TWINS])).refusals).toEqual([]);
  });
  afterAll(() => service.close());

  it.each([
    ['ann', '', 500],
    ['ann', '', 1],
    ['bob', '&startDate=2026-02-01&endDate=2026-04-30', 7],
    ['tia', '', 1],
    ['ann', `&asOf=${DAY(28)}`, 2],
  ])('is the same backwards with order=desc: %s%s by %i', async (userId, filter, limit) => {
    const lines = await credits.allLines(`userId=${userId}${filter}`);
    expect(lines.length).toBeGreaterThan(2);
    expect(await credits.allLines(`userId=${userId}${filter}&order=desc`, limit)).toEqual(lines.toReversed());
    expect(await credits.allLines(`userId=${userId}${filter}&order=asc`, limit)).toEqual(lines);
  });

  it('repeats its order in the response', async () => {
    expect((await credits.history('userId=ann')).filter.order).toBe('asc');
    expect((await credits.history('userId=ann&order=desc')).filter.order).toBe('desc');
  });

  it('binds a cursor to its order', async () => {
    const { page } = await credits.history('userId=ann&limit=2');
    const answer = await credits.ask('history', `userId=ann&order=desc&cursor=${page.nextCursor}`);
    expect(refusal(answer, 400).code).toBe('PAGING.BAD_CURSOR');
    const same = await credits.ask('history', `userId=ann&order=asc&cursor=${page.nextCursor}`);
    expect(same.status).toBe(200);
  });

  it('applies to CSV too', async () => {
    const idsOf = async (query: string): Promise<(string | undefined)[]> => {
      const { text } = await credits.ask('history', query, undefined, 'text/csv');
      return parseCsv(text)
        .slice(1)
        .map((cells) => cells[2]);
    };
    const newestFirst = await idsOf('userId=ann&order=desc');
    expect(newestFirst).toEqual((await idsOf('userId=ann')).toReversed());
    expect(newestFirst).toEqual((await credits.allLines('userId=ann&order=desc')).map(({ id }) => id));
  });
});
