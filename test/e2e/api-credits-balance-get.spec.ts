import { parseInstant, formatInstant } from '../../src/domain/index.js';
import { creditsClient, type CreditsClient } from '../support/credits-client.js';
import { refusal, refusedFields } from '../support/http-client.js';
import { importRecords, type TestRecord } from '../support/lines.js';
import { revenuePlatform } from '../support/revenue-platform.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

const DAY = (day: number): string => `2026-01-${String(day).padStart(2, '0')}T00:00:00Z`;

/** eve: free credits that lapse, two purchases, and her spends. */
const EVE: readonly TestRecord[] = [
  { type: 'user', id: 'eve', roles: ['user', 'partner'] },
  { type: 'user', id: 'newcomer', roles: ['user'] },
  award('gift-late', '5', DAY(2), '2999-01-01T00:00:00Z'),
  award('gift-soon', '3', DAY(3), DAY(10)),
  award('gift-soon-2', '2', DAY(3), '2998-01-01T00:00:00Z'),
  purchase('buy-1', '100', '10', DAY(4)),
  purchase('buy-2', '3', '1', DAY(5)),
  { type: 'spend', externalId: 's1', userId: 'eve', credits: '1', category: 'build', occurredAt: DAY(6) },
  {
    type: 'spend',
    externalId: 's2',
    userId: 'eve',
    credits: '1',
    category: 'build',
    pool: 'purchased',
    occurredAt: DAY(7),
  },
];

describe('GET /api/credits/balance', () => {
  let service: TestService;
  let credits: CreditsClient;

  beforeAll(async () => {
    service = await startTestService();
    credits = creditsClient(service);
    expect((await importRecords(service.app, [...revenuePlatform(), ...EVE])).refusals).toEqual([]);
  });
  afterAll(() => service.close());

  it('shows the current credits and the lots in the order in which they pay', async () => {
    const { asOf, ...balance } = await credits.balance('userId=eve');
    expect(balance).toEqual({
      userId: 'eve',
      free: '7',
      purchased: '102',
      total: '109',
      unpaid: '0',
      lots: [
        lot('free', 'gift-soon-2', DAY(3), '2998-01-01T00:00:00Z', ['2', '0', '2', '0', '0']),
        lot('free', 'gift-late', DAY(2), '2999-01-01T00:00:00Z', ['5', '0', '5', '0', '0']),
        lot('purchased', 'buy-1', DAY(4), null, ['100', '10', '99', '9.9', '0.1']),
        lot('purchased', 'buy-2', DAY(5), null, ['3', '1', '3', '1', '0.333333333333']),
      ],
    });
    expect(Math.abs(Date.parse(asOf) - Date.now())).toBeLessThan(60_000);
  });

  it.each([
    ['before the first entry', '2026-01-01T00:00:00Z', '0', '0'],
    ['at the very instant of an entry', DAY(2), '5', '0'],
    ['right before an entry', '2026-01-03T23:59:59.999999Z', '10', '0'],
    ['right before an expiry', '2026-01-09T23:59:59.999999Z', '9', '102'],
    ['at the very instant of an expiry', DAY(10), '7', '102'],
    ['in the future, when one more will have lapsed', '2998-01-01T00:00:00Z', '5', '102'],
    ['in the far future', '9999-12-31T23:59:59Z', '0', '102'],
    ['written with another offset', '2026-01-10T01:00:00%2B01:00', '7', '102'],
  ])('is as of an instant: %s', async (_case, asOf, free, purchased) => {
    const balance = await credits.balance(`userId=eve&asOf=${asOf}`);
    expect(balance).toMatchObject({ free, purchased });
    expect(balance.lots.reduce((sum, { leftCredits }) => sum + Number(leftCredits), 0)).toBe(
      Number(balance.total),
    );
  });

  it.each(['ann', 'bob', 'cem', 'eve'])(
    'equals the history at every instant, whether stored or folded: %s',
    async (userId) => {
      const lines = await credits.allLines(`userId=${userId}`);
      for (const { occurredAt } of lines.filter((_line, index) => index % 5 === 0)) {
        for (const asOf of [occurredAt, microsecondBefore(occurredAt)]) {
          const { free, purchased, total, unpaid } = await credits.balance(`userId=${userId}&asOf=${asOf}`);
          const last = lines.filter((line) => instant(line.occurredAt) <= instant(asOf)).at(-1);
          const expected = last?.balanceAfter ?? { free: '0', purchased: '0', total: '0', unpaid: '0' };
          expect([asOf, { free, purchased, total, unpaid }]).toEqual([asOf, expected]);
        }
      }
      const { free, purchased, total, unpaid } = await credits.balance(`userId=${userId}`);
      expect({ free, purchased, total, unpaid }).toEqual(lines.at(-1)?.balanceAfter);
    },
  );

  it('is the caller’s own without userId', async () => {
    const asUser = tokenOf('eve', ['user']);
    // One of several users of a partner: the credits belong to the user, the modules to the partner.
    const asPartner = tokenOf('eve', ['partner'], { partnerId: 'acme' });
    for (const [query, token] of [
      ['', asUser],
      ['userId=eve', asUser],
      ['', asPartner],
    ] as const) {
      expect(await credits.balance(query, token)).toMatchObject({ userId: 'eve', total: '109' });
    }
  });

  it('is empty for a user without entries, and for a caller without any records', async () => {
    const empty = { free: '0', purchased: '0', total: '0', unpaid: '0', lots: [] };
    expect(await credits.balance('userId=newcomer')).toMatchObject(empty);
    expect(await credits.balance('', tokenOf('nobody-here', ['user']))).toMatchObject(empty);
  });

  it('is not found for another user, with the same words as for a missing one', async () => {
    for (const roles of [['user'], ['partner'], ['user', 'partner']] as const) {
      const token = tokenOf('acme', roles);
      const [foreign, missing] = [
        refusal(await credits.ask('balance', 'userId=eve', token), 404),
        refusal(await credits.ask('balance', 'userId=who', token), 404),
      ];
      expect(foreign.code).toBe('CREDITS.USER_NOT_FOUND');
      expect({ ...foreign, requestId: '' }).toEqual({
        ...missing,
        requestId: '',
        detail: missing.detail.replace('who', 'eve'),
      });
    }
    expect(refusal(await credits.ask('balance', 'userId=who'), 404).code).toBe('CREDITS.USER_NOT_FOUND');
  });

  it.each(['finance', 'admin', 'platform'] as const)('can be read by %s for all users', async (role) => {
    const token = tokenOf('acme', ['partner', role]);
    expect(await credits.balance('userId=eve', token)).toMatchObject({ userId: 'eve', total: '109' });
  });

  it.each([
    ['userId=a%20b', 'query.userId'],
    ['asOf=2026-01-01', 'query.asOf'],
    ['asOf=now', 'query.asOf'],
    ['asOf=2026-02-30T00:00:00Z', 'query.asOf'],
    ['startDate=2026-01-01', 'query.startDate'],
  ])('refuses %s', async (query, field) => {
    expect(refusedFields(await credits.ask('balance', query))).toEqual([field]);
  });
});

function award(externalId: string, credits: string, occurredAt: string, expiresAt: string): TestRecord {
  return { type: 'award', externalId, userId: 'eve', credits, occurredAt, expiresAt };
}

function purchase(externalId: string, credits: string, amount: string, occurredAt: string): TestRecord {
  return { type: 'purchase', externalId, userId: 'eve', credits, amount, occurredAt };
}

function lot(
  pool: string,
  lotId: string,
  acquiredAt: string,
  expiresAt: string | null,
  [acquiredCredits, amount, leftCredits, leftValue, unitPrice]: readonly string[],
): object {
  return { pool, lotId, acquiredAt, expiresAt, acquiredCredits, amount, leftCredits, leftValue, unitPrice };
}

function instant(text: string): bigint {
  return parseInstant(text) as bigint;
}

function microsecondBefore(text: string): string {
  return formatInstant(instant(text) - 1n);
}
