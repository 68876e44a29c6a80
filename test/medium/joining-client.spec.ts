import type { PoolClient } from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import { serviceOptions } from '../../src/platform/database/connection-options.js';
import { exactDataSource } from '../../src/platform/database/exact-data-source.js';
import {
  connectionOf,
  copyRows,
  inTransaction,
  preparedQuery,
  preparedQueryThenCommit,
} from '../../src/platform/database/index.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const INSERT = 'INSERT INTO pg_temp.kept (id) VALUES ($1)';

describe('statements that are sent together', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let runner: QueryRunner;
  let client: PoolClient;

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await exactDataSource(serviceOptions(database.serviceUrl)).initialize();
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });
  beforeEach(async () => {
    runner = dataSource.createQueryRunner();
    client = await connectionOf(runner.manager);
    await runner.query('CREATE TEMPORARY TABLE kept (id text PRIMARY KEY)');
  });
  afterEach(async () => {
    await runner.query('DROP TABLE pg_temp.kept');
    await runner.release();
  });

  const kept = async (): Promise<string[]> =>
    (await runner.manager.query<{ id: string }[]>('SELECT id FROM pg_temp.kept ORDER BY id')).map(
      ({ id }) => id,
    );
  const isInTransaction = async (): Promise<boolean> => {
    const sql = 'SELECT now() = statement_timestamp() AS alone';
    await runner.query('SELECT pg_sleep(0.002)');
    const [row] = await runner.manager.query<{ alone: boolean }[]>(sql);
    return row?.alone === false;
  };

  it('are one transaction, which is committed when COMMIT is answered', async () => {
    await inTransaction(runner, async () => {
      await preparedQuery(client, INSERT, ['first']);
      expect(await isInTransaction()).toBe(true);
      await preparedQueryThenCommit(client, INSERT, ['last']);
    });
    expect(await kept()).toEqual(['first', 'last']);
    expect(await isInTransaction()).toBe(false);
  });

  it('leave nothing where the last one fails, and tell its error', async () => {
    const failing = inTransaction(runner, async () => {
      await preparedQuery(client, INSERT, ['first']);
      await preparedQueryThenCommit(client, "SELECT ($1 || '/0')::int", ['1']);
    });
    await expect(failing).rejects.toThrow('invalid input syntax for type integer');
    expect(await kept()).toEqual([]);
    expect(await isInTransaction()).toBe(false);
  });

  it('run again where the last one lost a race', async () => {
    await runner.query("INSERT INTO pg_temp.kept VALUES ('taken')");
    const ids = ['taken', 'free'];
    await inTransaction(runner, async () => {
      await preparedQuery(client, 'SELECT $1', ['anything']);
      await preparedQueryThenCommit(client, INSERT, [ids.shift()]);
    });
    expect(await kept()).toEqual(['free', 'taken']);
  });

  it('leave nothing where the work fails before the last one', async () => {
    const failing = inTransaction(runner, async () => {
      await preparedQuery(client, INSERT, ['first']);
      throw new Error('not today');
    });
    await expect(failing).rejects.toThrow('not today');
    expect(await kept()).toEqual([]);
    expect(await isInTransaction()).toBe(false);
  });

  it('may begin with a COPY, or be none at all', async () => {
    await inTransaction(runner, () => copyRows(runner.manager, 'pg_temp.kept', ['id'], [['copied']]));
    await inTransaction(runner, () => Promise.resolve());
    await expect(
      inTransaction(runner, async () => {
        await copyRows(runner.manager, 'pg_temp.kept', ['id'], [['undone']]);
        throw new Error('not today');
      }),
    ).rejects.toThrow('not today');
    expect(await kept()).toEqual(['copied']);
    expect(await isInTransaction()).toBe(false);
  });
});
