import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { appendEvent, Writes, type AuditDetails, type Write } from '../../src/audit/index.js';
import { serviceOptions } from '../../src/platform/database/connection-options.js';
import { exactDataSource } from '../../src/platform/database/exact-data-source.js';
import {
  ExpiredAnswers,
  forgetAnswersAbout,
  type IdempotencyKey,
} from '../../src/platform/idempotency/index.js';
import { SWEEP_LOCK } from '../../src/platform/idempotency/expired-answers.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

describe('audit events and stored answers of writes', () => {
  let database: TestDatabase;
  let owner: Client;
  let dataSource: DataSource;
  let writes: Writes;

  beforeAll(async () => {
    database = await createTestDatabase();
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    dataSource = await exactDataSource(serviceOptions(database.serviceUrl)).initialize();
    writes = new Writes(dataSource);
  });
  afterAll(async () => {
    await dataSource.destroy();
    await owner.end();
    await database.drop();
  });

  const keyOf = (key: string): IdempotencyKey => ({ callerId: 'writer', key, fingerprint: Buffer.alloc(32) });
  const writeOf = (idempotencyKey: IdempotencyKey | null): Write => ({
    caller: { id: 'writer', roles: new Set(['platform', 'admin']) },
    action: 'things.create',
    targetType: 'thing',
    requestId: 'request-1',
    idempotencyKey,
  });
  const doing = (targetId: string, personId?: string) => () =>
    Promise.resolve({ status: 201, body: { id: targetId }, outcome: 'done' as const, targetId, personId });
  const count = async (sql: string): Promise<number> =>
    Number((await owner.query<{ count: string }>(`SELECT count(*) FROM ${sql}`)).rows[0]?.count);

  /** Every statement that the work sends to the database, in order. */
  const statementsOf = async (work: () => Promise<unknown>): Promise<string[]> => {
    const query = jest.spyOn(Client.prototype, 'query');
    try {
      await work();
      return query.mock.calls.map(([sent]: unknown[]) =>
        (typeof sent === 'string' ? sent : (sent as { text: string }).text)
          .trim()
          .split(/\s+/)
          .slice(0, 2)
          .join(' '),
      );
    } finally {
      query.mockRestore();
    }
  };

  it('cost one statement, and one more with a key', async () => {
    const without = await statementsOf(() => writes.run(writeOf(null), doing('cheap-1')));
    expect(without).toEqual(['START TRANSACTION', 'WITH audited', 'COMMIT']);
    const first = await statementsOf(() => writes.run(writeOf(keyOf('cheap')), doing('cheap-2')));
    expect(first).toEqual([
      'START TRANSACTION',
      'SELECT pg_try_advisory_xact_lock(hashtextextended(claimed.caller_id',
      'WITH audited',
      'COMMIT',
    ]);
    const replay = await statementsOf(() => writes.run(writeOf(keyOf('cheap')), doing('cheap-2')));
    expect(replay).toEqual([
      'START TRANSACTION',
      'SELECT pg_try_advisory_xact_lock(hashtextextended(claimed.caller_id',
      'COMMIT',
    ]);
  });

  it('commit with the change or not at all', async () => {
    const failing = writes.run(writeOf(keyOf('undone')), async (manager) => {
      await manager.query(`INSERT INTO users (id, roles) VALUES ('undone', '{user}')`);
      return { status: 201, body: {}, outcome: 'done', targetId: 'not an id' };
    });
    await expect(failing).rejects.toMatchObject({ constraint: 'audit_events_target_id_grammar' });
    expect(await count(`users WHERE id = 'undone'`)).toBe(0);
    expect(await count(`idempotency_records WHERE key = 'undone'`)).toBe(0);
  });

  it('are not written if the work has written its own', async () => {
    await writes.run(writeOf(null), () =>
      Promise.resolve({ status: 200, body: {}, outcome: 'known', targetId: 'by-itself', isRecorded: true }),
    );
    expect(await count(`audit_events WHERE target_id = 'by-itself'`)).toBe(0);
  });

  it('return the answer of a duplicate that committed first', async () => {
    let runs = 0;
    const overtaken = await writes.run(writeOf(keyOf('overtaken')), async () => {
      runs += 1;
      // As if a duplicate had committed after the key was read and before it was locked.
      if (runs === 1) {
        await owner.query(
          `INSERT INTO idempotency_records (caller_id, key, fingerprint, status, headers, body)
           VALUES ('writer', 'overtaken', $1, 200, '{"ETag":"\\"1\\""}', '{"by":"the twin"}')`,
          [Buffer.alloc(32)],
        );
      }
      return { status: 201, body: { by: 'this' }, outcome: 'done', targetId: 'overtaken' };
    });
    expect(overtaken).toEqual({
      status: 200,
      headers: { ETag: '"1"' },
      body: { by: 'the twin' },
      isReplay: true,
    });
    expect(await count(`audit_events WHERE target_id = 'overtaken'`)).toBe(0);
  });

  it('are deleted with the user whom an answer shows', async () => {
    await writes.run(writeOf(keyOf('of a person')), doing('shown', 'a-person'));
    await forgetAnswersAbout(dataSource.manager, 'a-person');
    expect(await count(`idempotency_records WHERE key = 'of a person'`)).toBe(0);
    expect(await count(`audit_events WHERE target_id = 'shown'`)).toBe(1);
  });

  it('are deleted after 24 hours, by one process at a time', async () => {
    await owner.query('DELETE FROM idempotency_records');
    await owner.query(
      `INSERT INTO idempotency_records (caller_id, key, fingerprint, created_at, status, headers, body)
       SELECT 'sweeper', n::text, $1, now() - interval '24 hours', 200, '{}', '{}' FROM generate_series(1, 6000) AS n`,
      [Buffer.alloc(32)],
    );
    await writes.run(writeOf(keyOf('young')), doing('young'));
    const sweeper = new ExpiredAnswers(dataSource);

    await owner.query('SELECT pg_advisory_lock($1)', [SWEEP_LOCK]);
    expect(await sweeper.sweep()).toBe(0);
    await owner.query('SELECT pg_advisory_unlock($1)', [SWEEP_LOCK]);
    expect(await sweeper.sweep()).toBe(6_000);
    expect(await count('idempotency_records')).toBe(1);
  });

  describe('the audit is append-only', () => {
    it.each(['UPDATE audit_events SET actor_id = NULL', 'DELETE FROM audit_events', 'TRUNCATE audit_events'])(
      '%s',
      async (statement) => {
        await expect(dataSource.query(statement)).rejects.toMatchObject({ code: '42501' });
        await expect(owner.query(statement)).rejects.toMatchObject({
          code: '23001',
          constraint: 'audit_events_append_only',
        });
      },
    );
  });

  it.each<[string, AuditDetails | string[], string]>([
    ['large', { text: 'x'.repeat(4_096) }, 'audit_events_details_small'],
    ['no object', ['x'], 'audit_events_details_small'],
  ])('refuses details that are %s', async (_what, details, constraint) => {
    const event = {
      actor: null,
      action: 'things.create',
      target: null,
      requestId: 'r',
      outcome: 'done',
      details: details as AuditDetails,
    } as const;
    await expect(appendEvent(dataSource.manager, event)).rejects.toMatchObject({ constraint });
  });
});
