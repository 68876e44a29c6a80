import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Client, type PoolClient } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { Column, type DataSource, Entity, PrimaryColumn } from 'typeorm';
import { SCHEMA } from '../../migrations/index.js';
import { ownerOptions, serviceOptions } from '../../src/platform/database/connection-options.js';
import { exactDataSource } from '../../src/platform/database/exact-data-source.js';
import { Snapshots, withoutTimeLimits } from '../../src/platform/database/index.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { grantServicePrivileges } from '../../src/platform/database/privileges.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

@Entity('exact_things')
class ExactThing {
  @PrimaryColumn('bigint')
  id: string;

  @Column('timestamptz')
  at: string;

  @Column('timestamptz', {
    nullable: true,
    transformer: { from: (text) => `read ${text}`, to: () => '2026-01-01Z' },
  })
  transformed: string | null;

  @Column('numeric')
  amount: string;
}

const SERVICE_PRIVILEGES = SCHEMA.servicePrivileges;

let database: TestDatabase;
let owner: DataSource;
let service: DataSource;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = await exactDataSource({ ...ownerOptions(database.ownerUrl), entities: [ExactThing] }).initialize();
  service = await exactDataSource(serviceOptions(database.serviceUrl)).initialize();
});
afterAll(async () => {
  await owner.destroy();
  await service.destroy();
  await database.drop();
});

describe('values of the database', () => {
  it('are what PostgreSQL wrote: instants, dates and exact numbers, in arrays too', async () => {
    const [row] = await service.query<Record<string, unknown>[]>(`
      SELECT '2026-05-01 12:00:00.123456+02'::timestamptz AS at, date '2026-05-01' AS day,
             9007199254740993::int8 AS large, 0.1000001::numeric AS amount, 7::int4 AS count,
             ARRAY['2026-05-01 12:00:00.000001Z'::timestamptz] AS ats, ARRAY[0.30::numeric, NULL] AS amounts`);
    expect(row).toEqual({
      at: '2026-05-01 10:00:00.123456+00',
      day: '2026-05-01',
      large: '9007199254740993',
      amount: '0.1000001',
      count: 7,
      ats: ['2026-05-01 12:00:00.000001+00'],
      amounts: ['0.30', null],
    });
  });

  it('pass through entities unchanged, both ways', async () => {
    await owner.query(
      'CREATE TABLE exact_things (id bigint, at timestamptz, transformed timestamptz, amount numeric)',
    );
    const things = owner.getRepository(ExactThing);
    const at = '2026-05-01 10:00:00.123456+00';
    await things.insert({ id: '9007199254740993', at, transformed: 'x', amount: '1.000001' });
    expect(await things.findOneByOrFail({ at })).toEqual({
      id: '9007199254740993',
      at,
      transformed: 'read 2026-01-01 00:00:00+00',
      amount: '1.000001',
    });
    await owner.query('DROP TABLE exact_things');
  });
});

describe('the service role', () => {
  it('has exactly the rights in the list, and the list has every table', async () => {
    const rows = await owner.query<{ name: string; held: string }[]>(`
      SELECT c.relname AS name,
             (SELECT string_agg(a.privilege_type, ', ') FROM aclexplode(c.relacl) AS a
               WHERE a.grantee = 'pmr_service'::regrole) AS held
        FROM pg_class AS c
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'migrations'`);
    const sorted = (list: string): string => list.split(', ').sort().join(', ');
    const held = Object.fromEntries(rows.map((row) => [row.name, sorted(row.held)]));
    const wanted = Object.entries(SERVICE_PRIVILEGES).map(([name, list]) => [name, sorted(list)]);
    expect(held).toEqual(Object.fromEntries(wanted));
  });

  it('cannot create or truncate a table', () => {
    expect(Object.values(SERVICE_PRIVILEGES).join()).not.toMatch(/TRUNCATE|REFERENCES|TRIGGER|ALL/);
    return expect(service.query('CREATE TABLE own (id int)')).rejects.toThrow('permission denied');
  });

  it('loses rights that are removed from the list', async () => {
    const client = new Client({ connectionString: database.ownerUrl });
    await client.connect();
    await client.query('CREATE TABLE notes (id int)');
    const may = async (): Promise<unknown> =>
      (
        await client.query(`SELECT has_table_privilege('pmr_service', 'notes', 'SELECT') AS read,
                                  has_table_privilege('pmr_service', 'notes', 'UPDATE') AS change`)
      ).rows[0];
    await grantServicePrivileges(client, 'pmr_service', { ...SERVICE_PRIVILEGES, notes: 'SELECT, UPDATE' });
    expect(await may()).toEqual({ read: true, change: true });
    await grantServicePrivileges(client, 'pmr_service', { ...SERVICE_PRIVILEGES, notes: 'SELECT' });
    expect(await may()).toEqual({ read: true, change: false });
    await grantServicePrivileges(client, 'pmr_service', SERVICE_PRIVILEGES);
    expect(await may()).toEqual({ read: false, change: false });
    await client.query('DROP TABLE notes');
    await client.end();
  });
});

describe('migrations', () => {
  it('run once, however many processes start at the same time', async () => {
    const fresh = await createTestDatabase({ migrated: false });
    await Promise.all([1, 2, 3].map(() => migrate(fresh.ownerUrl, 'pmr_service', SCHEMA)));
    await migrate(fresh.ownerUrl, 'pmr_service', SCHEMA);
    await fresh.drop();
  });

  it('tell a role without the right to run them what to do', async () => {
    const fresh = await createTestDatabase({ migrated: false });
    await expect(migrate(fresh.serviceUrl, 'pmr_service', SCHEMA)).rejects.toThrow(
      /set DATABASE_OWNER_URL to a role that can\.$/,
    );
    await fresh.drop();
  });
});

describe('a session', () => {
  it('has the settings that the code relies on, whatever the database is set to', async () => {
    await owner.query(`ALTER DATABASE ${database.name} SET default_transaction_isolation = 'serializable'`);
    await owner.query(`ALTER DATABASE ${database.name} SET timezone = 'Asia/Tokyo'`);
    const source = await exactDataSource(serviceOptions(database.serviceUrl)).initialize();
    const [row] = await source.query<Record<string, string>[]>(
      `SELECT current_setting('transaction_isolation') AS isolation, current_setting('timezone') AS zone`,
    );
    await source.destroy();
    expect(row).toEqual({ isolation: 'read committed', zone: 'UTC' });
    await owner.query(`ALTER DATABASE ${database.name} RESET ALL`);
  });
});

describe('a snapshot', () => {
  it('that cannot be created leaves its connection usable', async () => {
    const source = await exactDataSource({
      ...serviceOptions(database.serviceUrl),
      poolSize: 1,
    }).initialize();
    const rebuild = owner.createQueryRunner();
    await rebuild.startTransaction();
    await rebuild.query(`LOCK TABLE ${SCHEMA.swapGate} IN ACCESS EXCLUSIVE MODE`);
    await source.query("SET lock_timeout = '50ms'");
    await expect(new Snapshots(source, SCHEMA).read(() => Promise.resolve())).rejects.toThrow('lock timeout');
    await rebuild.rollbackTransaction();
    await rebuild.release();
    expect(await source.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await source.destroy();
  });
});

describe('bulk work that is aborted', () => {
  let source: DataSource;
  const poolOf = (): { totalCount: number; idleCount: number; waitingCount: number } =>
    (source.driver as unknown as { master: never }).master;

  beforeEach(async () => {
    source = await exactDataSource({ ...serviceOptions(database.serviceUrl), poolSize: 1 }).initialize();
  });
  afterEach(() => source.destroy());

  it('stops waiting for a connection, which returns to its pool', async () => {
    const holder = source.createQueryRunner();
    await holder.connect();
    const leaving = new AbortController();
    const work = withoutTimeLimits(source, () => Promise.reject(new Error('never runs')), leaving.signal);
    leaving.abort(new Error('has left'));
    await expect(work).rejects.toThrow('has left');
    await holder.release();
    expect(await source.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(poolOf()).toMatchObject({ totalCount: 1, idleCount: 1, waitingCount: 0 });
  });

  it('does not start after the abort', async () => {
    const work = withoutTimeLimits(
      source,
      () => Promise.reject(new Error('never runs')),
      AbortSignal.abort(new Error('has left')),
    );
    await expect(work).rejects.toThrow('has left');
    expect(await source.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('ends during a statement, together with its session', async () => {
    const leaving = new AbortController();
    const pids: number[] = [];
    const work = withoutTimeLimits(
      source,
      async (_runner, client) => {
        pids.push((await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]?.pid ?? 0);
        setTimeout(() => leaving.abort(), 100);
        await client.query('SELECT pg_sleep(60)');
      },
      leaving.signal,
    );
    await expect(work).rejects.toThrow(/terminated/);
    const left = performance.now();
    const isThere = async (): Promise<boolean> =>
      (await service.query<unknown[]>('SELECT FROM pg_stat_activity WHERE pid = $1', [pids[0]])).length > 0;
    while ((await isThere()) && performance.now() - left < 10_000);
    expect(performance.now() - left).toBeLessThan(2_000);
  });
});

describe('time limits', () => {
  const limits = async (client: Pick<PoolClient, 'query'>): Promise<unknown> =>
    (
      await client.query(`SELECT current_setting('statement_timeout') AS statement,
                                current_setting('idle_in_transaction_session_timeout') AS idle`)
    ).rows[0];
  const USUAL = { statement: '30s', idle: '1min' };

  it('are lifted only for bulk work', async () => {
    expect(await withoutTimeLimits(service, (_runner, client) => limits(client))).toEqual({
      statement: '0',
      idle: '0',
    });
    const runner = service.createQueryRunner();
    expect(await limits((await runner.connect()) as PoolClient)).toEqual(USUAL);
    await runner.release();
  });

  it('never leave a connection stuck in a COPY without a reader', async () => {
    const pool = (service.driver as unknown as { master: { totalCount: number; idleCount: number } }).master;
    const work = withoutTimeLimits(service, async (_runner, client) => {
      const stream = client.query(
        copyTo('COPY (SELECT repeat(md5(i::text), 100) FROM generate_series(1, 100000) AS i) TO STDOUT'),
      );
      const reader = new Writable({
        write: (_chunk, _encoding, done) => done(new Error('the reader is gone')),
      });
      await pipeline(stream, reader);
    });
    await expect(work).rejects.toThrow('the reader is gone');
    expect(pool.totalCount).toBe(pool.idleCount);
    expect(await service.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});
