import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { isClean, RevenueService } from '../../src/revenue/index.js';
import { SERVICE_ROLE } from '../../src/platform/database/embedded/index.js';
import { SCHEMA } from '../../migrations/index.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { ROOT } from '../support/compiled.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { send, type Answer } from '../support/http-client.js';
import { importRecords } from '../support/lines.js';
import { allRows, FINANCE } from '../support/revenue-client.js';
import { revenuePlatform } from '../support/revenue-platform.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

const BACK_END = tokenOf('back-end', ['platform']);

/** Runs docs/scaling/partition-ledger.sql on a ledger with history, and then the service on it. */
describe('a ledger that is partitioned by user', () => {
  let database: TestDatabase;
  let service: TestService;
  let before: { readonly rows: unknown; readonly entries: number };

  beforeAll(async () => {
    database = await createTestDatabase();
    const old = await startTestService({ database });
    expect((await importRecords(old.app, revenuePlatform())).refusals).toEqual([]);
    before = { rows: await allRows(old, 'includeFree=true'), entries: await countOf('credit_entries') };
    await old.close();
    await asOwner(readFileSync(join(ROOT, 'docs/scaling/partition-ledger.sql'), 'utf8'));
    await migrate(database.ownerUrl, SERVICE_ROLE, SCHEMA);
    service = await startTestService({ database });
  }, 120_000);
  afterAll(async () => {
    await service?.close();
    await database.drop();
  });

  const asOwner = async <Row extends object>(sql: string): Promise<Row[]> => {
    const client = new Client({ connectionString: database.ownerUrl });
    await client.connect();
    try {
      return (await client.query<Row>(sql)).rows;
    } finally {
      await client.end();
    }
  };
  const countOf = async (what: string): Promise<number> =>
    (await asOwner<{ count: number }>(`SELECT count(*)::int AS count FROM ${what}`))[0]?.count as number;
  const post = (path: string, body: unknown): Promise<Answer> =>
    send(`${service.url}/api/${path}`, { method: 'POST', token: BACK_END, body });

  it('contains the same entries, in more than one partition', async () => {
    expect(await countOf('credit_entries')).toBe(before.entries);
    expect(await countOf('credit_entry_ids')).toBe(before.entries);
    expect(await allRows(service, 'includeFree=true')).toEqual(before.rows);
    expect(await countOf('(SELECT DISTINCT tableoid FROM credit_entries) AS parts')).toBeGreaterThan(1);
  });

  it('accepts every kind of entry, and each id once, whatever its user', async () => {
    const award = { externalId: 'once', userId: 'ann', credits: '3' };
    expect((await post('credits/awards', award)).status).toBe(201);
    expect((await post('credits/awards', award)).status).toBe(200);
    expect((await post('credits/awards', { ...award, userId: 'bob' })).status).toBe(409);
    const bought = { externalId: 'paid', userId: 'bob', credits: '5', amount: '5' };
    expect((await post('credits/purchases', bought)).status).toBe(201);
    expect((await post('credits/purchases/paid/refunds', { credits: '1' })).status).toBe(201);
    const charged = await send(`${service.url}/api/deployments`, {
      method: 'POST',
      token: tokenOf('bob', ['user']),
      body: { moduleId: 'a-maps' },
    });
    expect(charged.status).toBe(201);
    const { id } = charged.json<{ id: string }>();
    expect((await post(`deployments/${id}/refunds`, {})).status).toBe(201);
    expect((await send(`${service.url}/api/revenue/${id}`, { token: FINANCE })).status).toBe(200);
    expect(isClean(await service.app.get(RevenueService, { strict: false }).verify())).toBe(true);
  });

  it.each(['credit_entries', 'credit_entry_ids'])(
    'is append-only for its owner, by %s and by each of its partitions',
    async (ledger) => {
      const parts = await asOwner<{ name: string; entries: boolean }>(
        `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = '${ledger}'::regclass`,
      );
      expect(parts).toHaveLength(16);
      for (const { name } of [{ name: ledger }, ...parts]) {
        const [rows] = await asOwner<{ some: boolean }>(`SELECT EXISTS (SELECT FROM ${name}) AS some`);
        await expect(asOwner(`TRUNCATE ${name} CASCADE`)).rejects.toThrow('append-only');
        if (rows?.some !== true) continue;
        await expect(asOwner(`DELETE FROM ${name}`)).rejects.toThrow('append-only');
        await expect(asOwner(`UPDATE ${name} SET id = id || '-changed'`)).rejects.toThrow('append-only');
      }
    },
  );

  it('keeps its triggers active during replication', async () => {
    const asleep = await asOwner(
      `SELECT tgrelid::regclass, tgname FROM pg_trigger
        WHERE tgrelid::regclass::text ~ '^credit_entr(ies|y_ids)(_[0-9]+)?$' AND NOT tgisinternal AND tgenabled <> 'A'`,
    );
    expect(asleep).toEqual([]);
  });

  it('accepts no id twice, in the ledger or in a partition', async () => {
    const [of] = await asOwner<{ part: string }>(
      `SELECT tableoid::regclass::text AS part FROM credit_entries WHERE user_id = 'ann' LIMIT 1`,
    );
    const part = of?.part as string;
    const twin = (table: string, user: string): string =>
      `INSERT INTO ${table} (type, id, user_id, credits, occurred_at) VALUES ('award', 'gift-ann', '${user}', 1, now())`;
    await expect(asOwner(twin('credit_entries', 'bob'))).rejects.toThrow('credit_entry_ids_');
    await expect(asOwner(twin('credit_entries', 'ann'))).rejects.toThrow(/duplicate key/);
    // Without the identity of the parent, which PostgreSQL before 17 does not apply to partitions.
    const beside = twin(part, 'ann')
      .replace('(type,', '(sequence, type,')
      .replace("('award', 'gift-ann'", "(-1, 'award', 'gift-bob'");
    const ownValue = beside.replace(' VALUES', ' OVERRIDING SYSTEM VALUE VALUES');
    await expect(asOwner(ownValue)).rejects.toThrow('credit_entry_ids_');
  });

  it('reads one partition for one user', async () => {
    const plan = await asOwner<{ 'QUERY PLAN': string }>(
      `EXPLAIN SELECT * FROM credit_entries WHERE user_id = 'ann' ORDER BY occurred_at`,
    );
    const parts = plan.map((line) => /credit_entries_\d+/.exec(line['QUERY PLAN'])?.[0]);
    expect(new Set(parts.filter((part) => part !== undefined)).size).toBe(1);
  });
});
