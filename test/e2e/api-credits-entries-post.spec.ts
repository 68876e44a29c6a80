import { DataSource } from 'typeorm';
import { isClean, RevenueService } from '../../src/revenue/index.js';
import { EntryWriter, unchanged, WRITERS } from '../support/entry-writer.js';
import { refusal, refusedFields, type Answer } from '../support/http-client.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

const DAY = '2026-02-01T00:00:00Z';
const NEXT_DAY = '2026-02-02T00:00:00Z';

describe('POST /api/credits/awards, purchases and spends', () => {
  let service: TestService;
  let client: EntryWriter;

  beforeAll(async () => {
    service = await startTestService();
    client = new EntryWriter(service);
    await client.settle();
  });
  afterAll(async () => {
    const verification = await service.app.get(RevenueService, { strict: false }).verify();
    await service.close();
    expect(isClean(verification)).toBe(true);
  });

  const added = async (path: string, body: unknown, token?: string): Promise<Record<string, unknown>> => {
    const answer = await client.post(path, body, token);
    expect([answer.status, answer.text]).toEqual([201, answer.text]);
    return answer.json();
  };
  const events = (action: string): Promise<Record<string, unknown>[]> =>
    service.app
      .get(DataSource)
      .query('SELECT * FROM audit_events WHERE action = $1 ORDER BY sequence', [action]);
  const textOf = async (source: string, id: string): Promise<unknown> => {
    const rows: { text: string }[] = await service.app
      .get(DataSource)
      .query('SELECT text FROM personal_texts WHERE source = $1 AND source_id = $2', [source, id]);
    return rows[0]?.text;
  };

  describe('an award', () => {
    it('opens a free lot now, and stores its reason separately', async () => {
      const userId = await client.user();
      const expiresAt = '2036-01-01T00:00:00Z';
      const award = await added('credits/awards', {
        userId,
        credits: '10.50',
        expiresAt,
        reason: 'a\nwelcome',
      });
      expect(award).toEqual({
        externalId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        userId,
        credits: '10.5',
        occurredAt: expect.stringMatching(/Z$/) as string,
        expiresAt,
        settlements: [],
        balance: { free: '10.5', purchased: '0', total: '10.5', unpaid: '0' },
        balanceBefore: { free: '0', purchased: '0', total: '0', unpaid: '0' },
        changedDeployments: [],
        revenueChanges: [],
      });
      expect(await textOf('award', award.externalId as string)).toBe('a\nwelcome');
    });

    it('settles debts, and lists the deployments that it changed', async () => {
      const userId = await client.user({ type: 'deployment', id: 'owing', moduleId: 'maps', createdAt: DAY });
      await client.post('credits/spends', {
        externalId: 'owing-spend',
        userId,
        credits: '2',
        category: 'project',
        occurredAt: DAY,
      });
      expect(await added('credits/awards', { externalId: 'settles', userId, credits: '5' })).toMatchObject({
        settlements: [
          { type: 'deployment', id: 'owing', pool: 'free', lotId: 'settles', credits: '4', value: '0' },
          { type: 'spend', id: 'owing-spend', pool: 'free', lotId: 'settles', credits: '1', value: '0' },
        ],
        balance: { free: '0', total: '0', unpaid: '1' },
        changedDeployments: ['owing'],
      });
    });

    it('that is recorded late counts before the deployments that it can pay for', async () => {
      const userId = await client.user(
        { type: 'purchase', externalId: 'late-buy', credits: '10', amount: '5', occurredAt: DAY },
        { type: 'deployment', id: 'late-dep', moduleId: 'maps', createdAt: NEXT_DAY },
      );
      const award = { externalId: 'late-gift', userId, credits: '3', occurredAt: DAY };
      const told = await added('credits/awards', award);
      expect(told).toMatchObject({
        settlements: [],
        balance: { free: '0', purchased: '9', total: '9' },
        balanceBefore: { free: '0', purchased: '6', total: '6' },
        changedDeployments: ['late-dep'],
        revenueChanges: [{ moduleId: 'maps', partnerId: 'maker', grossRevenue: '-1.5' }],
      });
      expect((await client.get('deployments/late-dep')).json()).toMatchObject({
        freeCredits: '3',
        purchasedCredits: '1',
        pieces: [
          { pool: 'free', lotId: 'late-gift', credits: '3', value: '0' },
          { pool: 'purchased', lotId: 'late-buy', credits: '1', value: '0.5' },
        ],
      });
      const again = await client.post('credits/awards', award);
      expect([again.status, again.json()]).toEqual([200, { ...told, ...unchanged(told) }]);
    });

    it('cannot expire before it is granted, not even if it is granted now', async () => {
      const userId = await client.user();
      for (const fields of [
        { expiresAt: DAY },
        { occurredAt: DAY, expiresAt: DAY },
        { occurredAt: NEXT_DAY, expiresAt: DAY },
      ]) {
        const answer = await client.post('credits/awards', { userId, credits: '1', ...fields });
        expect(refusedFields(answer)).toEqual(['expiresAt']);
      }
    });
  });

  describe('a purchase', () => {
    it('opens a lot with the amount that was paid', async () => {
      const userId = await client.user();
      expect(
        await added('credits/purchases', { userId, credits: '3', amount: '1', occurredAt: DAY }),
      ).toMatchObject({ amount: '1', occurredAt: DAY, expiresAt: null, balance: { purchased: '3' } });
      expect(
        (await client.post('deployments', { userId, moduleId: 'core', creditCost: '1' })).json(),
      ).toMatchObject({
        pieces: [{ pool: 'purchased', credits: '1', value: '0.333333' }],
      });
    });

    it('gets its amount from the price list if none is stated', async () => {
      const userId = await client.user();
      expect(await added('credits/purchases', { userId, credits: '25' })).toMatchObject({ amount: '2.5' });
      const free = await added('credits/purchases', { userId, credits: '25', amount: '0' });
      expect(free).toMatchObject({ amount: '0' });
    });

    it('settles debts that free credits cannot settle', async () => {
      const userId = await client.user({
        type: 'deployment',
        id: 'vaulted',
        moduleId: 'vault',
        createdAt: DAY,
      });
      expect(await added('credits/awards', { userId, credits: '9' })).toMatchObject({ settlements: [] });
      expect(
        await added('credits/purchases', { externalId: 'opens', userId, credits: '9', amount: '3' }),
      ).toMatchObject({
        settlements: [{ type: 'deployment', id: 'vaulted', lotId: 'opens', credits: '4', value: '1.333333' }],
        balance: { free: '9', purchased: '5', total: '14', unpaid: '0' },
        changedDeployments: ['vaulted'],
      });
    });
  });

  describe('a spend', () => {
    it('takes credits from its pool, and can become a debt', async () => {
      const userId = await client.userWith({ free: '2', purchased: '5' });
      expect(await added('credits/spends', { userId, credits: '3', category: 'build' })).toMatchObject({
        pool: 'any',
        freeCredits: '2',
        purchasedCredits: '1',
        unpaidCredits: '0',
        balance: { free: '0', purchased: '4' },
      });
      const free = { externalId: `${userId}.s`, userId, credits: '3', category: 'adjustment', pool: 'free' };
      const owed = await added('credits/spends', free);
      expect(owed).toMatchObject({
        freeCredits: '0',
        unpaidCredits: '3',
        pieces: [],
        balance: { purchased: '4', unpaid: '3' },
        changedDeployments: [],
      });
      const again = await client.post('credits/spends', { ...free, pool: undefined });
      expect([again.status, again.json()]).toEqual([200, { ...owed, ...unchanged(owed) }]);
    });

    it('is not allowed for finance', async () => {
      const body = { userId: await client.user(), credits: '3', category: 'build' };
      expect((await client.post('credits/spends', body, WRITERS.finance)).status).toBe(403);
    });
  });

  describe.each([
    ['awards', {}],
    ['purchases', {}],
    ['spends', { category: 'project' }],
  ])('%s', (kind, fields) => {
    const path = `credits/${kind}`;

    it.each<keyof typeof WRITERS>(
      kind === 'spends' ? ['admin', 'platform'] : ['finance', 'admin', 'platform'],
    )('are recorded by %s, with an audit event', async (role) => {
      const userId = await client.user();
      const { externalId } = await added(path, { userId, credits: '1', ...fields }, WRITERS[role]);
      expect((await events(`${kind}.create`)).at(-1)).toMatchObject({
        target_type: kind.slice(0, -1),
        target_id: externalId,
        outcome: 'done',
        details: { userId },
      });
    });

    it('repeat with the same content, and conflict with any other', async () => {
      const userId = await client.user();
      const body = { externalId: `${kind}-${userId}`, userId, credits: '1', ...fields };
      const first = await added(path, body);
      for (const again of [body, { ...body, credits: '1.000' }, { ...body, occurredAt: first.occurredAt }]) {
        const answer = await client.post(path, again);
        expect([answer.status, answer.json()]).toEqual([200, { ...first, ...unchanged(first) }]);
      }
      for (const other of [{ credits: '2' }, { userId: 'maker' }, { occurredAt: DAY }]) {
        const answer = await client.post(path, { ...body, ...other });
        expect(refusal(answer, 409).code).toBe('CREDITS.CONFLICT');
      }
    });

    it('are replayed for the same Idempotency-Key', async () => {
      const userId = await client.user();
      const request = {
        method: 'POST',
        token: WRITERS.platform,
        headers: { 'idempotency-key': `${kind}-${userId}` },
        body: { userId, credits: '1', ...fields },
      };
      const answers: Answer[] = [];
      for (let n = 0; n < 2; n += 1) answers.push(await client.send(path, request));
      expect(answers.map(({ status }) => status)).toEqual([201, 201]);
      expect(answers[1]?.text).toBe(answers[0]?.text);
    });

    it('need an existing user, and a time that is not in the future', async () => {
      const body = { userId: 'nobody', credits: '1', ...fields };
      expect(refusal(await client.post(path, body), 422).code).toBe('CREDITS.UNKNOWN_USER');
      const occurredAt = new Date(Date.now() + 60_000).toISOString();
      const ahead = await client.post(path, { ...body, userId: await client.user(), occurredAt });
      expect(refusal(ahead, 422).code).toBe('CREDITS.TIME_AHEAD');
    });

    it.each([
      ['credits', { credits: '0' }],
      ['credits', { credits: undefined }],
      ['userId', { userId: undefined }],
      ['externalId', { externalId: 'a b' }],
      ['occurredAt', { occurredAt: 'now' }],
      ['balance', { balance: '1' }],
    ])('refuse a bad %s: %j', async (field, bad) => {
      const body = { userId: 'maker', credits: '1', ...fields, ...bad };
      expect(refusedFields(await client.post(path, body))).toEqual([field]);
    });
  });

  describe.each(['awards', 'purchases'] as const)('%s in the caller’s own interest', (kind) => {
    const refused = async (userId: string, token: string): Promise<void> => {
      const before = (await events(`${kind}.create`)).length;
      const answer = await client.post(`credits/${kind}`, { userId, credits: '5' }, token);
      expect(refusal(answer, 403).code).toBe('CREDITS.OWN_INTEREST');
      const written = (await events(`${kind}.create`)).slice(before);
      expect(written).toMatchObject([{ outcome: 'refused', details: { code: 'CREDITS.OWN_INTEREST' } }]);
    };

    it.each(['finance', 'admin', 'platform'] as const)('are refused to %s for itself', async (role) => {
      const userId = await client.user();
      await refused(userId, tokenOf(userId, [role]));
    });

    it('are refused for a user who deploys modules of the caller, even if its token names no partner', async () => {
      const userId = await client.userWith({ purchased: '4' });
      await client.post('deployments', { userId, moduleId: 'maps' });
      await refused(userId, tokenOf('maker', ['finance']));
      const other = await client.post(
        `credits/${kind}`,
        { userId, credits: '5' },
        tokenOf('other', ['finance']),
      );
      expect(other.status).toBe(201);
    });
  });
});
