import type { RecordedDeploymentDto } from '../../src/credits/http/dto/deployment.dto.js';
import { isClean, RevenueService } from '../../src/revenue/index.js';
import { EntryWriter, WRITERS } from '../support/entry-writer.js';
import { refusal, refusedFields, type Answer } from '../support/http-client.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

const FACT = '2026-02-01T00:00:00Z';

describe('POST /api/deployments', () => {
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
    expect(verification).toMatchObject({ differences: [], violations: [] });
    expect(isClean(verification)).toBe(true);
  });

  const deploy = (body: unknown, token?: string): Promise<Answer> => client.post('deployments', body, token);
  const deployed = async (body: unknown, token?: string): Promise<RecordedDeploymentDto> => {
    const answer = await deploy(body, token);
    expect([answer.status, answer.text]).toEqual([201, answer.text]);
    return answer.json<RecordedDeploymentDto>();
  };
  const balanceOf = async (userId: string): Promise<unknown> => {
    const free = await deploy({ userId, moduleId: 'core', creditCost: '0' });
    return free.json<RecordedDeploymentDto>().balance;
  };

  it('gives finance no revenue from its own modules, and no refunds to itself', async () => {
    const customer = await client.userWith({ purchased: '10' });
    const maker = tokenOf('maker', ['finance']);
    const fact = { userId: customer, moduleId: 'maps', creditCost: '9', createdAt: FACT };
    expect(refusal(await deploy(fact, maker), 403).code).toBe('CREDITS.OWN_INTEREST');

    const clerk = tokenOf(customer, ['finance', 'user']);
    expect(refusal(await deploy({ ...fact, creditCost: '0' }, clerk), 403).code).toBe('CREDITS.OWN_INTEREST');
    const { id } = await deployed({ userId: customer, moduleId: 'maps' });
    const refund = await client.post(`deployments/${id}/refunds`, {}, clerk);
    expect(refusal(refund, 403).code).toBe('CREDITS.OWN_INTEREST');
  });

  describe('a charge made now', () => {
    it('takes free credits first, then purchased ones, and returns the split and the balance', async () => {
      const userId = await client.userWith({ free: '3', purchased: '10' });
      const { id, createdAt, ...body } = await deployed({ userId, moduleId: 'maps' });
      expect(body).toEqual({
        userId,
        moduleId: 'maps',
        creditCost: '4',
        freeCredits: '3',
        purchasedCredits: '1',
        unpaidCredits: '0',
        refundedCredits: '0',
        pieces: [
          { pool: 'free', lotId: `gift-${userId.slice(1)}`, credits: '3', value: '0' },
          { pool: 'purchased', lotId: `buy-${userId.slice(1)}`, credits: '1', value: '0.1' },
        ],
        balance: { free: '0', purchased: '9', total: '9', unpaid: '0' },
        changedDeployments: [],
      });
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}$/);
      expect(Math.abs(Date.parse(createdAt) - Date.now())).toBeLessThan(60_000);
    });

    it('is refused if there are not enough credits, and changes nothing', async () => {
      const userId = await client.userWith({ free: '1.5', purchased: '1' });
      const problem = refusal(await deploy({ userId, moduleId: 'maps' }), 402);
      expect(problem).toMatchObject({
        code: 'CREDITS.INSUFFICIENT',
        required: '4',
        available: '2.5',
        missing: '1.5',
      });
      expect(await balanceOf(userId)).toEqual({ free: '1.5', purchased: '1', total: '2.5', unpaid: '0' });
    });

    it('takes only purchased credits if the module requires them', async () => {
      const userId = await client.userWith({ free: '10', purchased: '3' });
      expect(refusal(await deploy({ userId, moduleId: 'vault' }), 402)).toMatchObject({
        available: '3',
        missing: '1',
      });
      const richer = await client.userWith({ free: '10', purchased: '5' });
      expect(await deployed({ userId: richer, moduleId: 'vault' })).toMatchObject({
        freeCredits: '0',
        purchasedCredits: '4',
        balance: { free: '10', purchased: '1' },
      });
    });

    it('cannot take expired credits', async () => {
      const userId = await client.user({
        type: 'award',
        externalId: 'expired-gift',
        credits: '10',
        occurredAt: '2026-01-01T00:00:00Z',
        expiresAt: '2026-02-01T00:00:00Z',
      });
      expect(refusal(await deploy({ userId, moduleId: 'maps' }), 402)).toMatchObject({ available: '0' });
    });

    it('costs the module’s own partner nothing', async () => {
      expect(await deployed({ moduleId: 'maps' }, tokenOf('maker', ['partner']))).toMatchObject({
        userId: 'maker',
        creditCost: '0',
        pieces: [],
      });
      expect(refusal(await deploy({ moduleId: 'core' }, tokenOf('maker', ['partner'])), 402)).toMatchObject({
        missing: '4',
      });
    });

    it('takes the cost that the platform states instead of the module’s', async () => {
      const userId = await client.userWith({ purchased: '10' });
      expect(await deployed({ userId, moduleId: 'maps', creditCost: '7.000001' })).toMatchObject({
        creditCost: '7.000001',
        balance: { purchased: '2.999999' },
      });
    });

    it('is refused for an archived module, but a fact is still recorded', async () => {
      const userId = await client.userWith({ purchased: '10' });
      expect(refusal(await deploy({ userId, moduleId: 'old' }), 422).code).toBe('CREDITS.MODULE_ARCHIVED');
      await deployed({ userId, moduleId: 'old', createdAt: FACT });
    });

    it('comes right after the user’s last entry if that is in the future', async () => {
      const ahead = new Date(Date.now() + 4_000).toISOString();
      const userId = await client.userWith({ free: '9' });
      await deployed({ userId, moduleId: 'maps', createdAt: ahead });
      const { createdAt } = await deployed({ userId, moduleId: 'maps' });
      expect(createdAt).toBe(ahead.replace('Z', '001Z'));
    });

    it('gives many charges at once their own position, and their credits', async () => {
      const userId = await client.userWith({ purchased: '40' });
      const answers = await Promise.all(
        Array.from({ length: 12 }, () => deploy({ userId, moduleId: 'maps' })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([...Array<number>(10).fill(201), 402, 402]);
    });
  });

  describe('a fact', () => {
    it.each(['platform', 'admin', 'finance'] as const)(
      'is recorded whatever the balance, for %s',
      async (role) => {
        const userId = await client.userWith({ free: '1' });
        expect(await deployed({ userId, moduleId: 'maps', createdAt: FACT }, WRITERS[role])).toMatchObject({
          createdAt: FACT,
          freeCredits: '1',
          unpaidCredits: '3',
          balance: { free: '0', total: '0', unpaid: '3' },
        });
      },
    );

    it('that is recorded late changes what paid for others, and lists them', async () => {
      const userId = await client.userWith({ free: '4', purchased: '10' });
      await deployed({ id: `${userId}.later`, userId, moduleId: 'maps', createdAt: FACT });
      const late = await deployed({
        id: `${userId}.late`,
        userId,
        moduleId: 'maps',
        createdAt: '2026-01-15T00:00:00Z',
      });
      expect(late).toMatchObject({
        freeCredits: '4',
        changedDeployments: [`${userId}.later`],
        balance: { free: '0', purchased: '6' },
      });
      expect((await client.get(`deployments/${userId}.later`)).json()).toMatchObject({
        freeCredits: '0',
        purchasedCredits: '4',
      });
    });

    it('can be 5 s in the future and no more', async () => {
      const userId = await client.userWith({ free: '9' });
      const createdAt = new Date(Date.now() + 60_000).toISOString();
      expect(refusal(await deploy({ userId, moduleId: 'maps', createdAt }), 422).code).toBe(
        'CREDITS.TIME_AHEAD',
      );
    });
  });

  describe('a repeated deployment', () => {
    it('is answered 200 with the current figures, and charges nothing', async () => {
      const userId = await client.userWith({ purchased: '5' });
      const order = { id: `${userId}.d`, userId, moduleId: 'maps' };
      const first = await deployed(order);
      for (const again of [
        order,
        { ...order, creditCost: '4.0' },
        { ...order, createdAt: first.createdAt },
      ]) {
        const answer = await deploy(again);
        expect(answer.status).toBe(200);
        expect(answer.json()).toEqual(first);
      }
      await client.post(`deployments/${userId}.d/refunds`, { credits: '1' });
      expect((await deploy(order)).json()).toMatchObject({
        refundedCredits: '1',
        purchasedCredits: '3',
        balance: { purchased: '2' },
      });
    });

    it.each([
      ['another user', { userId: 'maker' }],
      ['another module', { moduleId: 'core' }],
      ['another cost', { creditCost: '5' }],
      ['another time', { createdAt: FACT }],
    ])('is a conflict with %s', async (_case, fields) => {
      const userId = await client.userWith({ purchased: '5' });
      const order = { id: `${userId}.d`, userId, moduleId: 'maps' };
      await deployed(order);
      expect(refusal(await deploy({ ...order, ...fields }), 409).code).toBe('CREDITS.CONFLICT');
    });

    it('is recorded once, even if two users send it at the same time', async () => {
      const [ann, bob] = [
        await client.userWith({ purchased: '50' }),
        await client.userWith({ purchased: '50' }),
      ];
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, n) =>
          deploy({ id: 'contested', userId: n % 2 ? ann : bob, moduleId: 'maps' }),
        ),
      );
      const statuses = answers.map(({ status }) => status).sort();
      expect(statuses.filter((status) => status === 201)).toHaveLength(1);
      expect(statuses.filter((status) => status === 409)).toHaveLength(5);
      expect(statuses.filter((status) => status === 200)).toHaveLength(4);
    });
  });

  describe('users and partners', () => {
    it('deploy as themselves, with or without their own userId', async () => {
      const userId = await client.userWith({ purchased: '8' });
      const token = tokenOf(userId, ['user']);
      expect(await deployed({ moduleId: 'maps' }, token)).toMatchObject({ userId });
      expect(await deployed({ moduleId: 'maps', userId }, token)).toMatchObject({ userId });
    });

    it.each(['maker', 'nobody'])('get the same answer whether there is a user %s or not', async (userId) => {
      const token = tokenOf(await client.userWith({ purchased: '8' }), ['user', 'partner']);
      expect(refusal(await deploy({ moduleId: 'maps', userId }, token), 404).code).toBe(
        'CREDITS.USER_NOT_FOUND',
      );
    });

    it.each([{ id: 'mine' }, { creditCost: '0' }, { createdAt: FACT }])('cannot send %j', async (fields) => {
      const userId = await client.userWith({ purchased: '8' });
      for (const role of ['user', 'partner'] as const) {
        const answer = await deploy({ moduleId: 'maps', ...fields }, tokenOf(userId, [role]));
        expect(refusal(answer, 403).code).toBe('CREDITS.PLATFORM_ONLY');
      }
    });
  });

  it('finance charges nobody', async () => {
    const userId = await client.userWith({ purchased: '8' });
    expect(refusal(await deploy({ userId, moduleId: 'maps' }, WRITERS.finance), 403).code).toBe(
      'AUTH.FORBIDDEN',
    );
  });

  it('needs an existing user and module', async () => {
    const userId = await client.userWith({});
    expect(refusal(await deploy({ userId: 'nobody', moduleId: 'maps' }), 422).code).toBe(
      'CREDITS.UNKNOWN_USER',
    );
    expect(refusal(await deploy({ userId, moduleId: 'nothing' }), 422).code).toBe('CREDITS.UNKNOWN_MODULE');
  });

  it.each([
    ['id', { id: 'summary' }],
    ['id', { id: 'a b' }],
    ['userId', { userId: '' }],
    ['moduleId', { moduleId: undefined }],
    ['creditCost', { creditCost: 4 }],
    ['creditCost', { creditCost: '-1' }],
    ['createdAt', { createdAt: '2026-02-30T00:00:00Z' }],
    ['freeCredits', { freeCredits: '1' }],
  ])('refuses a bad %s: %j', async (field, fields) => {
    expect(refusedFields(await deploy({ userId: 'u1', moduleId: 'maps', ...fields }))).toEqual([field]);
  });
});
