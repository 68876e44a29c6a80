import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { isClean, RevenueService } from '../../src/revenue/index.js';
import { EntryWriter, WRITERS } from '../support/entry-writer.js';
import { problemIn, send, type Answer } from '../support/http-client.js';
import { importRecords } from '../support/lines.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

/** How often each value occurs. */
function tally(values: readonly unknown[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[String(value)] = (counts[String(value)] ?? 0) + 1;
  return counts;
}

describe('writing at once, through two services on one database', () => {
  let services: TestService[] = [];
  let client: EntryWriter;

  beforeAll(async () => {
    const first = await startTestService();
    const second = await startTestService({ database: first.database });
    services = [first, second];
    client = new EntryWriter(first);
    await client.settle();
  });
  afterAll(async () => {
    for (const service of services.toReversed()) await service.close();
  });

  /** Sends them all at the same time, alternating between the services. */
  const sendAll = (
    count: number,
    requestOf: (n: number) => { path: string; body: unknown; token?: string },
  ): Promise<Answer[]> =>
    Promise.all(
      Array.from({ length: count }, (_, n) => {
        const { path, body, token = WRITERS.platform } = requestOf(n);
        return send(`${services[n % 2]?.url}/api/${path}`, { method: 'POST', token, body });
      }),
    );
  const query = <Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> =>
    (services[0] as TestService).app.get(DataSource).query(sql, parameters);
  const expectClean = async (): Promise<void> => {
    const verification = await (services[0] as TestService).app
      .get(RevenueService, { strict: false })
      .verify();
    expect(verification).toMatchObject({ differences: [], violations: [] });
    expect(isClean(verification)).toBe(true);
  };

  it('200 charges of 1 on a balance of 50: exactly 50 are made, 150 answered 402', async () => {
    const userId = await client.userWith({ free: '20', purchased: '30' });
    const token = tokenOf(userId, ['user']);
    await importRecords((services[0] as TestService).app, [
      { type: 'module', id: 'one', name: 'One', partnerId: 'maker', creditCost: '1' },
    ]);
    const answers = await sendAll(200, () => ({ path: 'deployments', body: { moduleId: 'one' }, token }));
    expect(tally(answers.map(({ status }) => status))).toEqual({ 201: 50, 402: 150 });
    for (const answer of answers.filter(({ status }) => status === 402)) {
      expect(problemIn(answer)).toMatchObject({ required: '1', available: '0', missing: '1' });
    }
    const balances = answers
      .filter(({ status }) => status === 201)
      .map((answer) => Number(answer.json<{ balance: { total: string } }>().balance.total));
    expect(balances.sort((left, right) => left - right)).toEqual(Array.from({ length: 50 }, (_, n) => n));
    const [stored] = await query(
      `SELECT count(*)::int AS entries, count(DISTINCT occurred_at)::int AS instants
       FROM credit_entries WHERE user_id = $1 AND type = 'deployment'`,
      [userId],
    );
    expect(stored).toEqual({ entries: 50, instants: 50 });
    const events = await query(
      `SELECT outcome FROM audit_events WHERE actor_id = $1 AND action = 'deployments.create'`,
      [userId],
    );
    expect(events).toHaveLength(50);
    await expectClean();
  }, 120_000);

  it('more charges than there are connections wait for their account as long as necessary', async () => {
    const userId = await client.userWith({ purchased: '100' });
    const holder = (services[0] as TestService).app.get(DataSource).createQueryRunner();
    await holder.startTransaction();
    await holder.query('SELECT FROM credit_accounts WHERE user_id = $1 FOR UPDATE', [userId]);
    const sending = sendAll(60, () => ({
      path: 'deployments',
      body: { userId, moduleId: 'maps', creditCost: '1' },
    }));
    await sleep(6_500); // Longer than the limit for opening a connection.
    await holder.commitTransaction();
    await holder.release();
    expect(tally((await sending).map(({ status }) => status))).toEqual({ 201: 60 });
  }, 120_000);

  it('charges of many users with one module, purchases, refunds and late entries', async () => {
    const users: string[] = [];
    for (let n = 0; n < 8; n += 1) users.push(await client.userWith({ free: '10', purchased: '40' }));
    const answers = await sendAll(160, (n) => {
      const userId = users[n % users.length];
      switch (n % 5) {
        case 0:
          return { path: 'credits/purchases', body: { userId, credits: '3', amount: '1' } };
        case 1:
          return {
            path: 'credits/awards',
            body: { userId, credits: '2', occurredAt: `2026-01-0${1 + (n % 9)}T00:00:00Z` },
          };
        case 2:
          return {
            path: 'deployments',
            body: { id: `mix-${n}`, userId, moduleId: 'vault', createdAt: '2026-01-05T00:00:00Z' },
          };
        case 3:
          return { path: 'credits/spends', body: { userId, credits: '1', category: 'build' } };
        default:
          return { path: 'deployments', body: { userId, moduleId: 'maps' } };
      }
    });
    const statuses = tally(answers.map(({ status }) => status));
    expect(Object.keys(statuses).filter((status) => status !== '402')).toEqual(['201']);
    const refunds = await sendAll(64, (n) => ({
      path: `deployments/mix-${2 + 5 * (n % 32)}/refunds`,
      body: { credits: '2.5' },
    }));
    expect(tally(refunds.map(({ status }) => status))).toEqual({ 201: 32, 422: 32 });
    await expectClean();
  }, 120_000);
});
