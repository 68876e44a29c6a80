import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { isClean, RevenueService } from '../../src/revenue/index.js';
import { chargeTogether, type ChargeAnswer, type ChargeOrder } from '../support/charges-together.js';
import { EntryWriter } from '../support/entry-writer.js';
import { startTestService, type TestService } from '../support/service.js';
import { transactionWith } from '../support/statements.js';
import { contentOfTables } from '../support/table-contents.js';

/** Long enough for a charge to reach the lock that it has to wait for. */
const TO_THE_LOCK_MS = 300;

describe('charges that wait together', () => {
  let service: TestService;
  let client: EntryWriter;

  beforeAll(async () => {
    service = await startTestService();
    client = new EntryWriter(service);
    await client.settle();
  });
  afterAll(() => service.close());
  afterEach(() => expectClean(service));

  const together = (...orders: ChargeOrder[]): Promise<ChargeAnswer[]> => chargeTogether(service, orders);
  const asOwner = async (sql: string): Promise<void> => {
    const owner = new pg.Client({ connectionString: service.database.ownerUrl });
    await owner.connect();
    try {
      await owner.query(sql);
    } finally {
      await owner.end();
    }
  };
  const told = (answers: readonly ChargeAnswer[]): (string | number)[] =>
    answers.map(({ status, code }) => code ?? status);

  it('are made in one transaction, each answered and recorded for itself', async () => {
    const users = await usersWith(client, 6, { purchased: '10' });
    const query = jest.spyOn(pg.Client.prototype, 'query');
    const answers = await together(
      ...users.map((userId, n) => ({ userId, moduleId: 'maps', key: `one-${n}` })),
    );
    const statements = transactionWith(query, /read_accounts_for_update/);
    query.mockRestore();
    expect(statements).toHaveLength(5);
    expect(answers).toEqual(
      users.map((userId) => ({
        status: 201,
        headers: {},
        body: expect.objectContaining({ userId, creditCost: '4', purchasedCredits: '4' }) as unknown,
      })),
    );
    const events = await service.app
      .get(DataSource)
      .query<{ details: object; request_id: string }[]>(
        `SELECT details, request_id FROM audit_events WHERE target_id = ANY ($1) ORDER BY request_id`,
        [answers.map(({ body }) => body['id'])],
      );
    expect(events).toEqual(users.map((userId, n) => ({ details: { userId }, request_id: `request-${n}` })));
  });

  it('use one plan for all groups', async () => {
    const [read] = await service.app
      .get(DataSource)
      .query<{ settings: string[] }[]>(
        `SELECT proconfig AS settings FROM pg_proc WHERE proname = 'read_accounts_for_update'`,
      );
    expect(read?.settings).toEqual(['plan_cache_mode=force_generic_plan']);
  });

  it('do not affect each other, whatever happens to one', async () => {
    const [rich, poor, known] = await usersWith(client, 3, { purchased: '20' });
    await together({ userId: poor, moduleId: 'maps', creditCost: '19', key: 'kept' });
    await together({ id: 'known', userId: known, moduleId: 'maps' });
    const orders: ChargeOrder[] = [
      { id: 'rich-1', userId: rich, moduleId: 'maps' },
      { userId: poor, moduleId: 'maps' },
      { userId: 'nobody', moduleId: 'maps' },
      { userId: rich, moduleId: 'nothing' },
      { userId: rich, moduleId: 'old' },
      { id: 'known', userId: known, moduleId: 'maps' },
      { id: 'known', userId: known, moduleId: 'core' },
      { userId: poor, moduleId: 'maps', creditCost: '19', key: 'kept' },
      { userId: rich, moduleId: 'vault', key: 'rich' },
    ];
    const answers = await together(...orders);
    expect(told(answers)).toEqual([
      201,
      'CREDITS.INSUFFICIENT',
      'CREDITS.UNKNOWN_USER',
      'CREDITS.UNKNOWN_MODULE',
      'CREDITS.MODULE_ARCHIVED',
      200,
      'CREDITS.CONFLICT',
      201,
      201,
    ]);
    expect(answers[1]?.body).toEqual({ required: '4', available: '1', missing: '3', unpaid: '0' });
    expect(answers[7]?.headers).toEqual({ 'Idempotency-Replayed': 'true' });
    expect(answers[8]?.body).toMatchObject({ balance: { purchased: '12' } });
    const again = await together({ userId: rich, moduleId: 'core', key: 'rich' });
    expect(told(again)).toEqual(['IDEMPOTENCY.OTHER_REQUEST']);
  });

  it('of one user are paid one after the other, to the last credit', async () => {
    const [userId] = await usersWith(client, 1, { free: '6', purchased: '23' });
    const answers = await together(...Array.from({ length: 10 }, () => ({ userId, moduleId: 'maps' })));
    expect(told(answers)).toEqual([
      ...Array<number>(7).fill(201),
      ...Array<string>(3).fill('CREDITS.INSUFFICIENT'),
    ]);
    const totals = answers.map(({ body }) => (body['balance'] as { total: string } | undefined)?.total);
    expect(totals.slice(0, 7)).toEqual(['25', '21', '17', '13', '9', '5', '1']);
    expect(answers[1]?.body).toMatchObject({ freeCredits: '2', purchasedCredits: '2' });
    expect(answers[9]?.body).toEqual({ required: '4', available: '1', missing: '3', unpaid: '0' });
  });

  it('with one key are one charge, and the duplicate gets its answer', async () => {
    const [userId] = await usersWith(client, 1, { purchased: '20' });
    const order = { userId, moduleId: 'maps', key: 'twin' };
    const answers = await together(order, order, { userId, moduleId: 'maps' });
    expect(told(answers)).toEqual([201, 'IDEMPOTENCY.IN_FLIGHT', 201]);
    expect(answers[1]?.headers).toEqual({ 'Retry-After': '1' });
    const [replay] = await together(order);
    expect(replay).toEqual({ ...answers[0], headers: { 'Idempotency-Replayed': 'true' } });
  });

  it('with one id are one charge, and the second is known', async () => {
    const [ann, bob] = await usersWith(client, 2, { purchased: '20' });
    const answers = await together(
      { id: 'contested', userId: ann, moduleId: 'maps' },
      { id: 'contested', userId: ann, moduleId: 'maps' },
      { id: 'contested', userId: bob, moduleId: 'maps' },
    );
    expect(told(answers)).toEqual([201, 200, 'CREDITS.CONFLICT']);
  });

  it('do not fail with one that the database refuses', async () => {
    const [ann, bob] = await usersWith(client, 2, { purchased: '20' });
    await asOwner(`ALTER TABLE credit_entries ADD CONSTRAINT not_this_one CHECK (id <> 'poison')`);
    const poisoned = together({ id: 'poison', userId: ann, moduleId: 'maps' });
    const [others] = await Promise.all([
      together(
        { id: 'sane-1', userId: ann, moduleId: 'maps' },
        { id: 'sane-2', userId: bob, moduleId: 'maps' },
      ),
      expect(poisoned).rejects.toThrow('not_this_one'),
    ]);
    await asOwner('ALTER TABLE credit_entries DROP CONSTRAINT not_this_one');
    expect(told(others)).toEqual([201, 201]);
  });

  it('do not wait for a charge whose account or module another transaction has locked', async () => {
    const [held, ...users] = await usersWith(client, 12, { purchased: '200' });
    const other = service.app.get(DataSource).createQueryRunner();
    await other.startTransaction();
    await other.query('SELECT FROM credit_accounts WHERE user_id = $1 FOR UPDATE', [held]);
    await other.query(`SELECT FROM modules WHERE id = 'core' FOR UPDATE`);
    const waiting = together(...Array.from({ length: 40 }, () => ({ userId: held, moduleId: 'maps' })), {
      userId: users[0],
      moduleId: 'core',
    });
    let isDone = false;
    void waiting.finally(() => (isDone = true));
    await sleep(TO_THE_LOCK_MS);
    const others = await together(...users.slice(1).map((userId) => ({ userId, moduleId: 'maps' })));
    expect(told(others)).toEqual(Array<number>(10).fill(201));
    expect(isDone).toBe(false);
    await other.commitTransaction();
    await other.release();
    const answers = await waiting;
    expect(told(answers)).toEqual(Array<number>(41).fill(201));
    const left = answers.slice(0, 40).map(({ body }) => Number((body['balance'] as { total: string }).total));
    expect([...left].sort((one, two) => two - one)).toEqual(
      Array.from({ length: 40 }, (_, n) => 196 - 4 * n),
    );
  });
});

describe('charges made together and one by one', () => {
  let together: TestService;
  let oneByOne: TestService;

  beforeAll(async () => {
    together = await startTestService();
    oneByOne = await startTestService();
  });
  afterAll(async () => {
    await oneByOne.close();
    await together.close();
  });

  it('leave the same rows and get the same answers', async () => {
    const orders: ChargeOrder[] = [];
    for (const service of [together, oneByOne]) {
      const client = new EntryWriter(service);
      await client.settle();
      const users = [
        ...(await usersWith(client, 4, { free: '5', purchased: '17.3' })),
        ...(await usersWith(client, 3, { free: '9.000001' })),
        ...(await usersWith(client, 2, { purchased: '3' })),
      ];
      if (orders.length > 0) continue;
      for (let n = 0; n < 60; n += 1) {
        const moduleId = ['maps', 'core', 'vault'][n % 3] as string;
        const creditCost = n % 4 === 0 ? `${n % 7}.${n % 10}1` : undefined;
        const key = n % 2 === 0 ? `key-${n}` : undefined;
        orders.push({ id: `d-${n}`, userId: users[n % users.length], moduleId, creditCost, key });
      }
    }
    const answers = await chargeTogether(together, orders);
    const others: ChargeAnswer[] = [];
    for (const order of orders) others.push(...(await chargeTogether(oneByOne, [order])));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 402]));
    expect(timeless(answers)).toEqual(timeless(others));
    const [left, leftByOthers] = [await contentOfTables(together), await contentOfTables(oneByOne)];
    for (const table of COMPARED)
      expect([table, timeless(left[table])]).toEqual([table, timeless(leftByOthers[table])]);
    await expectClean(together);
    await expectClean(oneByOne);
  });
});

/** Every table that a charge writes. */
const COMPARED = [
  'audit_events',
  'credit_accounts',
  'credit_allocations',
  'credit_debts',
  'credit_entries',
  'credit_lots',
  'deployment_revenue',
  'idempotency_records',
];

/** As lines in order, without the instants and numbers of a single run. */
function timeless(rows: unknown): string[] {
  return (rows as unknown[])
    .map((row) =>
      JSON.stringify(row)
        .replaceAll(/\d{4}-\d\d-\d\d[T ][\d:.]+(?:Z|\+00:00)/g, 'then')
        .replaceAll(/"sequence":\d+|request-\d+/g, ''),
    )
    .sort();
}

async function usersWith(
  client: EntryWriter,
  count: number,
  credits: { free?: string; purchased?: string },
): Promise<string[]> {
  const users: string[] = [];
  while (users.length < count) users.push(await client.userWith(credits));
  return users;
}

async function expectClean(service: TestService): Promise<void> {
  const verification = await service.app.get(RevenueService, { strict: false }).verify();
  expect(verification).toMatchObject({ differences: [], violations: [] });
  expect(isClean(verification)).toBe(true);
}
