import { formatDecimal, microsFromNumeric, type Micros } from '../../src/domain/index.js';
import { creditsClient, type CreditsClient, type HistoryLine } from '../support/credits-client.js';
import { parseCsv } from '../support/csv.js';
import { refusal, refusedFields } from '../support/http-client.js';
import { importRecords, type TestRecord } from '../support/lines.js';
import { revenuePlatform } from '../support/revenue-platform.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

const DAY = (day: number): string => `2026-01-${String(day).padStart(2, '0')}T00:00:00Z`;

/** What a payment provider told of one of Eve's purchases. */
const TOLD = { fee: '0.1', tax: '0.2', originalAmount: '2.5', originalCurrency: 'EUR' };
const TOLD_FIELDS = Object.keys(TOLD) as (keyof typeof TOLD)[];

/** One user with entries for every rule. */
const EVE: readonly TestRecord[] = [
  { type: 'user', id: 'eve', roles: ['user'] },
  {
    type: 'award',
    externalId: 'gift',
    credits: '3',
    expiresAt: DAY(6),
    occurredAt: DAY(1),
    reason: '=hello',
  },
  { type: 'purchase', externalId: 'buy', credits: '3', amount: '1', occurredAt: DAY(2) },
  { type: 'deployment', id: 'd1', moduleId: 'a-maps', creditCost: '4', createdAt: DAY(3) },
  { type: 'spend', externalId: 's1', credits: '5', category: 'project', occurredAt: DAY(4) },
  { type: 'award', externalId: 'late', credits: '4', expiresAt: DAY(9), occurredAt: DAY(5) },
  { type: 'refund', externalId: 'back', deploymentId: 'd1', occurredAt: DAY(7), reason: 'did not start' },
  { type: 'purchase', externalId: 'buy-2', credits: '10', amount: '2', ...TOLD, occurredAt: DAY(8) },
  {
    type: 'purchaseRefund',
    externalId: 'pback',
    purchaseExternalId: 'buy-2',
    credits: '4',
    occurredAt: DAY(10),
  },
].map((record) =>
  record.type === 'user' || record.type.includes('efund') ? record : { ...record, userId: 'eve' },
);

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

describe('GET /api/credits/history', () => {
  let service: TestService;
  let credits: CreditsClient;

  beforeAll(async () => {
    service = await startTestService();
    credits = creditsClient(service);
    const records = [...revenuePlatform(), ...EVE, ...TWINS];
    expect((await importRecords(service.app, records)).refusals).toEqual([]);
  });
  afterAll(() => service.close());

  it('contains each entry with the lots that it changed, each expiry, and the balance after each', async () => {
    const lines = await credits.allLines('userId=eve');
    expect(lines.map(pictureOf)).toEqual([
      'award gift 3 | added 3 free of gift (0) | 3 + 0, owes 0',
      'purchase buy 3 | added 3 purchased of buy (1) | 3 + 3, owes 0',
      'deployment d1 4 | paid 3 free of gift (0), paid 1 purchased of buy (0.333333) | 0 + 2, owes 0',
      'spend s1 5 | paid 2 purchased of buy (0.666667) | 0 + 0, owes 3',
      'award late 4 | added 4 free of late (0), settled 3 free of late (0) for spend s1 | 1 + 0, owes 0',
      'refund back 4 | returned 1 purchased of buy (0.333333), returned 3 free of gift (0), lapsed 3 free of gift (0) | 1 + 1, owes 0',
      'purchase buy-2 10 | added 10 purchased of buy-2 (2) | 1 + 11, owes 0',
      'expiry late 1 | lapsed 1 free of late (0) | 0 + 11, owes 0',
      'purchaseRefund pback 4 | withdrawn 4 purchased of buy-2 (0.8) | 0 + 7, owes 0',
    ]);
  });

  it('has all fields of an entry, and null for those that its type does not have', async () => {
    const lines = await credits.allLines('userId=eve');
    const nothing = {
      amount: null,
      expiresAt: null,
      moduleId: null,
      category: null,
      pool: null,
      deploymentId: null,
      purchaseExternalId: null,
      reversalExternalId: null,
      cancelledCredits: null,
      shortfallCredits: null,
      reason: null,
      payment: null,
    };
    const factsOf = (id: string): HistoryLine | undefined => lines.find((line) => line.id === id);
    expect(factsOf('gift')).toMatchObject({
      ...nothing,
      type: 'award',
      occurredAt: DAY(1),
      credits: '3',
      expiresAt: DAY(6),
      reason: '=hello',
    });
    expect(factsOf('buy')).toMatchObject({ ...nothing, type: 'purchase', amount: '1' });
    expect(factsOf('buy-2')).toMatchObject({ ...nothing, type: 'purchase', amount: '2', payment: TOLD });
    expect(factsOf('d1')).toMatchObject({ ...nothing, type: 'deployment', moduleId: 'a-maps', pool: 'any' });
    expect(factsOf('s1')).toMatchObject({ ...nothing, type: 'spend', category: 'project', pool: 'any' });
    expect(factsOf('back')).toMatchObject({
      ...nothing,
      type: 'refund',
      deploymentId: 'd1',
      cancelledCredits: '0',
      shortfallCredits: '0',
      reason: 'did not start',
    });
    expect(factsOf('pback')).toMatchObject({
      ...nothing,
      type: 'purchaseRefund',
      purchaseExternalId: 'buy-2',
      shortfallCredits: '0',
    });
  });

  it.each(['ann', 'bob', 'cem', 'eve', 'tia'])('adds up from line to line: %s', async (userId) => {
    let before: readonly Micros[] = [0n, 0n, 0n];
    for (const line of await credits.allLines(`userId=${userId}`)) {
      const { free, purchased, total, unpaid } = line.balanceAfter;
      expect([line.id, free, purchased, unpaid]).toEqual([
        line.id,
        ...after(before, line).map(formatDecimal),
      ]);
      expect(microsFromNumeric(total)).toBe(microsFromNumeric(free) + microsFromNumeric(purchased));
      before = [free, purchased, unpaid].map(microsFromNumeric);
    }
  });

  it.each([
    ['ann', 1],
    ['bob', 7],
    ['tia', 1],
    ['eve', 3],
  ])('is the same in pages as in one piece: %s by %i', async (userId, limit) => {
    expect(await credits.allLines(`userId=${userId}`, limit)).toEqual(
      await credits.allLines(`userId=${userId}`),
    );
  });

  it('orders expiries at one instant by their ids, the award’s first', async () => {
    const lines = await credits.allLines('userId=tia');
    expect(lines.slice(3).map(pictureOf)).toEqual([
      'expiry other 1 | lapsed 1 free of other (0) | 1 + 2, owes 0',
      'expiry same 1 | lapsed 1 free of same (0) | 0 + 2, owes 0',
      'expiry same 2 | lapsed 2 purchased of same (1) | 0 + 0, owes 0',
    ]);
  });

  it.each(['2026-01-06T00:00:00Z', '2026-01-09T00:00:00Z', '2026-02-10T10:00:00.5Z', '2026-03-31T22:30:00Z'])(
    'as of %s equals the current history up to then',
    async (asOf) => {
      for (const userId of ['ann', 'eve', 'tia']) {
        const now = await credits.allLines(`userId=${userId}`);
        const then = await credits.allLines(`userId=${userId}&asOf=${asOf}`);
        expect(then).toEqual(now.filter(({ occurredAt }) => Date.parse(occurredAt) <= Date.parse(asOf)));
        expect(then.length).toBeGreaterThan(0);
      }
    },
  );

  it('as of a later instant contains what will have lapsed', async () => {
    await importRecords(service.app, [
      { type: 'user', id: 'fay', roles: ['user'] },
      {
        type: 'award',
        externalId: 'far',
        userId: 'fay',
        credits: '1',
        occurredAt: DAY(1),
        expiresAt: '2999-01-01T00:00:00Z',
      },
    ]);
    expect(await credits.allLines('userId=fay')).toHaveLength(1);
    expect((await credits.allLines('userId=fay&asOf=2999-01-01T00:00:00Z')).map(pictureOf)[1]).toBe(
      'expiry far 1 | lapsed 1 free of far (0) | 0 + 0, owes 0',
    );
  });

  it.each([
    ['startDate=2026-01-03&endDate=2026-01-05', 'd1 s1 late', DAY(3), DAY(6)],
    ['startDate=2026-01-03T00:00:00Z&endDate=2026-01-05T00:00:00Z', 'd1 s1', DAY(3), DAY(5)],
    ['startDate=2026-01-08', 'buy-2 late pback', DAY(8), null],
    ['endDate=2026-01-01', 'gift', null, DAY(2)],
    [
      'startDate=2026-01-02&endDate=2026-01-02&timeZone=America/New_York',
      'd1',
      '2026-01-02T05:00:00Z',
      '2026-01-03T05:00:00Z',
    ],
    ['startDate=2030-01-01', '', '2030-01-01T00:00:00Z', null],
  ])('is filtered by dates: %s', async (query, ids, from, to) => {
    const { data, filter } = await credits.history(`userId=eve&${query}`);
    expect(data.map(({ id }) => id).join(' ')).toBe(ids);
    expect(filter).toMatchObject({ from, to, asOf: null });
    // Balances are those of the whole history.
    const whole = await credits.allLines('userId=eve');
    expect(whole).toEqual(expect.arrayContaining(data));
  });

  it('continues after its cursor, whatever is recorded in between', async () => {
    await importRecords(service.app, [
      { type: 'user', id: 'gil', roles: ['user'] },
      ...[1, 3, 5].map((day) => ({
        type: 'award',
        externalId: `g${day}`,
        userId: 'gil',
        credits: '1',
        occurredAt: DAY(day),
      })),
    ]);
    const first = await credits.history('userId=gil&limit=2');
    await importRecords(service.app, [
      ...[2, 4].map((day) => ({
        type: 'award',
        externalId: `g${day}`,
        userId: 'gil',
        credits: '1',
        occurredAt: DAY(day),
      })),
    ]);
    const second = await credits.history(`userId=gil&limit=2&cursor=${first.page.nextCursor}`);
    expect(second.data.map(({ id, balanceAfter }) => [id, balanceAfter.free])).toEqual([
      ['g4', '4'],
      ['g5', '5'],
    ]);
    expect(second.page.nextCursor).toBeNull();
  });

  it('binds a cursor to the user and the filter', async () => {
    const { page } = await credits.history('userId=ann&limit=2');
    for (const query of [
      'userId=bob',
      'userId=ann&startDate=2026-01-01',
      `userId=ann&asOf=${DAY(9)}`,
      'userId=ann&order=desc',
    ]) {
      const answer = await credits.ask('history', `${query}&cursor=${page.nextCursor}`);
      expect(refusal(answer, 400).code).toBe('PAGING.BAD_CURSOR');
    }
    expect((await credits.ask('history', `userId=ann&limit=9&cursor=${page.nextCursor}`)).status).toBe(200);
  });

  describe('as CSV', () => {
    const HEADER =
      'Occurred At,Type,ID,Credits,Amount,Expires At,Module ID,Category,Pool,Refund Of,Movements,Free Balance,Purchased Balance,Total Balance,Unpaid Balance';

    it.each([
      'userId=ann',
      'userId=eve&startDate=2026-01-03',
      `userId=eve&asOf=${DAY(6)}`,
      'userId=eve&order=desc',
    ])('has the lines of the JSON response: %s', async (query) => {
      const answer = await credits.ask('history', query, undefined, 'text/csv');
      const [header, ...cells] = parseCsv(answer.text);
      expect(header?.join(',')).toBe(`${HEADER},Reason,Fee,Tax,Original Amount,Original Currency`);
      expect(cells).toEqual((await credits.allLines(query)).map(cellsOf));
      expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    });

    it('prevents spreadsheets from computing a reason, and shows users no reason', async () => {
      const finance = await credits.ask('history', 'userId=eve&format=csv');
      expect(finance.text).toContain(",'=hello,,,,\r\n");
      expect(finance.text).toContain(',0.1,0.2,2.5,EUR\r\n');
      const { text } = await credits.ask('history', 'format=csv', tokenOf('eve', ['user']));
      expect(text.startsWith(`${HEADER}\r\n`)).toBe(true);
      expect(text).not.toMatch(/hello|did not start/);
    });

    it('is named after its user and dates', async () => {
      const nameOf = async (query: string): Promise<string | null> =>
        (await credits.ask('history', `${query}&format=csv`)).headers.get('content-disposition');
      expect(await nameOf('userId=eve')).toBe('attachment; filename="credit-history_eve.csv"');
      expect(await nameOf('userId=eve&startDate=2026-01-01&endDate=2026-01-31')).toBe(
        'attachment; filename="credit-history_eve_2026-01-01_to_2026-01-31.csv"',
      );
    });

    it.each(['limit=5', 'cursor=abc'])('has no pages: %s is 400', async (query) => {
      refusal(await credits.ask('history', `userId=eve&${query}`, undefined, 'text/csv'), 400);
    });

    it('is refused before it begins', async () => {
      refusal(await credits.ask('history', 'userId=who&format=csv'), 404);
      refusal(await credits.ask('history', 'userId=eve', undefined, 'text/html'), 406);
    });
  });

  it('is the caller’s own, without free texts', async () => {
    const { userId, data } = await credits.history('', tokenOf('eve', ['user']));
    expect(userId).toBe('eve');
    expect(data).toEqual(
      (await credits.allLines('userId=eve')).map(({ reason, payment, ...line }) =>
        reason === undefined || payment === undefined ? null : line,
      ),
    );
    expect((await credits.history('', tokenOf('nobody-here', ['partner']))).data).toEqual([]);
  });

  it('is not found for another user', async () => {
    for (const role of ['user', 'partner'] as const) {
      const token = tokenOf('acme', [role]);
      for (const userId of ['eve', 'ann', 'who']) {
        const problem = refusal(await credits.ask('history', `userId=${userId}`, token), 404);
        expect(problem.code).toBe('CREDITS.USER_NOT_FOUND');
      }
    }
    refusal(await credits.ask('history', 'userId=who'), 404);
  });

  it.each([
    ['userId=', 'query.userId'],
    ['asOf=2026-01-01', 'query.asOf'],
    ['startDate=2026-02-30', 'query.startDate'],
    ['startDate=2026-02-02&endDate=2026-02-01', 'query.endDate'],
    ['startDate=2026-02-02&endDate=2026-02-03T00:00:00Z', 'query.endDate'],
    ['timeZone=Europe/Nowhere', 'query.timeZone'],
    ['timeZone=europe/berlin', 'query.timeZone'],
    ['limit=0', 'query.limit'],
    ['limit=501', 'query.limit'],
    ['cursor=!', 'query.cursor'],
    ['format=xml', 'query.format'],
    ['order=down', 'query.order'],
  ])('refuses %s', async (query, field) => {
    expect(refusedFields(await credits.ask('history', query))).toEqual([field]);
  });
});

/** A line as text. */
function pictureOf({ type, id, credits, movements, balanceAfter }: HistoryLine): string {
  const moved = movements.map(
    ({ kind, credits: some, pool, lotId, value, settles }) =>
      `${kind} ${some} ${pool} of ${lotId} (${value})${settles === null ? '' : ` for ${settles.type} ${settles.id}`}`,
  );
  const { free, purchased, unpaid } = balanceAfter;
  return `${type} ${id} ${credits} | ${moved.join(', ')} | ${free} + ${purchased}, owes ${unpaid}`;
}

const INTO_LOT: Readonly<Record<string, bigint>> = { added: 1n, returned: 1n };

/** Free, purchased and unpaid credits after a line, computed from the line itself. */
function after([free = 0n, purchased = 0n, unpaid = 0n]: readonly Micros[], line: HistoryLine): Micros[] {
  const moved = (pool: string): Micros =>
    line.movements
      .filter((movement) => movement.pool === pool)
      .reduce((sum, { kind, credits }) => sum + (INTO_LOT[kind] ?? -1n) * microsFromNumeric(credits), 0n);
  const taken = (kind: string): Micros =>
    line.movements
      .filter((movement) => movement.kind === kind)
      .reduce((sum, { credits }) => sum + microsFromNumeric(credits), 0n);
  const owed =
    line.type === 'deployment' || line.type === 'spend'
      ? microsFromNumeric(line.credits) - taken('paid')
      : 0n;
  const cancelled = microsFromNumeric(line.cancelledCredits ?? '0');
  return [free + moved('free'), purchased + moved('purchased'), unpaid + owed - cancelled - taken('settled')];
}

/** The expected cells of a line's CSV. */
function cellsOf(line: HistoryLine): string[] {
  const { free, purchased, total, unpaid } = line.balanceAfter;
  const movements = line.movements.map(
    ({ kind, credits, pool, lotId, value, settles }) =>
      `${kind} ${credits} ${pool} of ${lotId}${pool === 'purchased' ? ` worth ${value}` : ''}${settles ? ` for ${settles.type} ${settles.id}` : ''}`,
  );
  return [
    line.occurredAt,
    line.type,
    line.id,
    line.credits,
    line.amount,
    line.expiresAt,
    line.moduleId,
    line.category,
    line.pool,
    line.deploymentId ?? line.purchaseExternalId ?? line.reversalExternalId,
    movements.join('; '),
    free,
    purchased,
    total,
    unpaid,
    line.reason === '=hello' ? "'=hello" : (line.reason ?? null),
    ...TOLD_FIELDS.map((cell) => line.payment?.[cell]),
  ].map((cell) => cell ?? '');
}
