import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { DataSource, type QueryRunner } from 'typeorm';
import { isClean, RevenueService } from '../../src/revenue/index.js';
import { EntryWriter, WRITERS } from '../support/entry-writer.js';
import { importRecords } from '../support/lines.js';
import { startTestService, type TestService } from '../support/service.js';
import { transactionWith } from '../support/statements.js';

/** Long enough for a request to reach the lock that it has to wait for. */
const TO_THE_LOCK_MS = 300;

describe('a charge and another transaction', () => {
  let service: TestService;
  let client: EntryWriter;
  let other: QueryRunner;

  beforeAll(async () => {
    service = await startTestService();
    client = new EntryWriter(service);
    await client.settle();
    await importRecords(service.app, [
      { type: 'user', id: 'rival', roles: ['partner'] },
      { type: 'module', id: 'sold', name: 'Sold', partnerId: 'maker', creditCost: '1' },
      { type: 'module', id: 'lent', name: 'Lent', partnerId: 'maker', creditCost: '1' },
    ]);
  });
  afterAll(() => service.close());
  beforeEach(async () => {
    other = service.app.get(DataSource).createQueryRunner();
    await other.startTransaction();
  });
  afterEach(async () => {
    await other.commitTransaction();
    await other.release();
    const verification = await service.app.get(RevenueService, { strict: false }).verify();
    expect(verification).toMatchObject({ differences: [], violations: [] });
    expect(isClean(verification)).toBe(true);
  });

  it('in a deadlock: it is retried, and the caller does not notice', async () => {
    const userId = await client.userWith({ purchased: '5' });
    await other.query(`SELECT FROM modules WHERE id = 'maps' FOR UPDATE`);
    const charging = client.post('deployments', { userId, moduleId: 'maps' });
    await sleep(TO_THE_LOCK_MS);
    // The charge has locked the account and waits for the module. PostgreSQL reports the deadlock to the transaction
    // that has waited longer.
    await other.query('SELECT FROM credit_accounts WHERE user_id = $1 FOR UPDATE', [userId]);
    await other.commitTransaction();
    const answer = await charging;
    expect([answer.status, answer.text]).toEqual([201, answer.text]);
    await other.startTransaction();
  });

  it('that gives its module to another partner: it waits, and belongs to the new partner', async () => {
    const userId = await client.userWith({ purchased: '5' });
    await other.query(`UPDATE modules SET partner_id = 'rival' WHERE id = 'sold'`);
    const charging = client.post('deployments', { userId, moduleId: 'sold' });
    await sleep(TO_THE_LOCK_MS);
    await other.commitTransaction();
    expect((await charging).status).toBe(201);
    await other.startTransaction();
    const [row] = (await other.query(`SELECT partner_id FROM deployment_revenue WHERE user_id = $1`, [
      userId,
    ])) as { partner_id: string }[];
    expect(row).toEqual({ partner_id: 'rival' });
  });

  it('that gives its module to another partner: an import waits as well', async () => {
    const userId = await client.userWith({ purchased: '5' });
    await other.query(`UPDATE modules SET partner_id = 'rival' WHERE id = 'lent'`);
    const importing = importRecords(service.app, [
      { type: 'deployment', id: 'lent-1', userId, moduleId: 'lent', createdAt: '2026-02-01T00:00:00Z' },
    ]);
    await sleep(TO_THE_LOCK_MS);
    await other.commitTransaction();
    expect(await importing).toMatchObject({ added: 1 });
    await other.startTransaction();
  });

  it('needs four statements, and a fifth to claim a key', async () => {
    const userId = await client.userWith({ purchased: '50' });
    const charge = { userId, moduleId: 'maps' };
    await client.post('deployments', charge);
    const query = jest.spyOn(pg.Client.prototype, 'query');
    const statementsOf = async (headers: Record<string, string>): Promise<string[]> => {
      query.mockClear();
      const request = { method: 'POST', token: WRITERS.platform, headers, body: charge };
      expect((await client.send('deployments', request)).status).toBe(201);
      return transactionWith(query, /read_accounts_for_update/);
    };
    const own = [
      /^START TRANSACTION$/,
      /read_accounts_for_update/,
      /^WITH .*INSERT INTO audit_events/,
      /^COMMIT$/,
    ];
    const plain = await statementsOf({});
    expect(plain).toEqual(own.map((pattern) => expect.stringMatching(pattern) as string));
    const keyed = await statementsOf({ 'idempotency-key': 'counted' });
    expect(keyed).toHaveLength(5);
    expect(keyed[3]).toMatch(/INSERT INTO idempotency_records/);
    query.mockRestore();
  });
});
