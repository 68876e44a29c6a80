import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { serviceOptions } from '../../src/platform/database/connection-options.js';
import { exactDataSource } from '../../src/platform/database/exact-data-source.js';
import { preparedQuery } from '../../src/platform/database/index.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

/** Most statement text on a connection, as in prepared-query.ts. */
const KEPT_MAX_CHARACTERS = 200_000;
const REPORT_CHARACTERS = 6_000;

describe('prepared statements', () => {
  let database: TestDatabase;
  let source: DataSource;
  let client: PoolClient;
  let release: () => Promise<void>;

  beforeAll(async () => {
    database = await createTestDatabase();
    source = await exactDataSource(serviceOptions(database.serviceUrl)).initialize();
  });
  beforeEach(async () => {
    const runner = source.createQueryRunner();
    client = (await runner.connect()) as PoolClient;
    release = () => runner.release();
    await client.query('BEGIN');
  });
  afterEach(async () => {
    await client.query('ROLLBACK');
    await release();
  });
  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  /** A statement as long as that of a report; it returns its number and its parameter. */
  const statement = (number: number, characters = REPORT_CHARACTERS): string =>
    `SELECT ${number} AS number, $1::text AS told -- `.padEnd(characters, '.');

  const ask = async (number: number): Promise<unknown> => {
    const [row] = await preparedQuery(client, statement(number), [`told ${number}`]);
    return row;
  };

  const prepared = async (): Promise<{ texts: string[]; characters: number }> => {
    const { rows } = await client.query<{ statement: string }>(
      'SELECT statement FROM pg_prepared_statements',
    );
    const texts = rows.map((row) => row.statement);
    return { texts, characters: texts.reduce((sum, text) => sum + text.length, 0) };
  };

  it('are kept on a connection up to a limit, the latest used ones', async () => {
    for (let number = 0; number < 100; number += 1) {
      expect(await ask(number)).toEqual({ number, told: `told ${number}` });
      expect(await ask(0)).toEqual({ number: 0, told: 'told 0' });
    }
    const { texts, characters } = await prepared();
    expect(texts).toContain(statement(0));
    expect(texts).toContain(statement(99));
    expect(texts).not.toContain(statement(1));
    expect(characters).toBeLessThanOrEqual(KEPT_MAX_CHARACTERS);
    expect(characters).toBeGreaterThan(KEPT_MAX_CHARACTERS - 2 * REPORT_CHARACTERS);
  });

  it('have the same name on every connection, whatever was prepared before', async () => {
    const other = source.createQueryRunner();
    const otherClient = (await other.connect()) as PoolClient;
    const namesOn = async (asked: PoolClient): Promise<Map<string, string>> => {
      const { rows } = await asked.query<{ name: string; statement: string }>(
        'SELECT name, statement FROM pg_prepared_statements',
      );
      return new Map(rows.map((row) => [row.statement, row.name]));
    };
    for (const number of [1, 2, 3]) await ask(number);
    for (const number of [3, 2, 1]) await preparedQuery(otherClient, statement(number), ['told']);
    const names = await namesOn(otherClient);
    const own = await namesOn(client);
    await other.release();
    expect(names.size).toBeGreaterThanOrEqual(3);
    for (const number of [1, 2, 3]) expect(own.get(statement(number))).toBe(names.get(statement(number)));
  });

  it('are prepared again after they were dropped', async () => {
    for (const number of [...Array(100).keys(), ...Array(100).keys()])
      expect(await ask(number)).toEqual({ number, told: `told ${number}` });
    expect((await prepared()).characters).toBeLessThanOrEqual(KEPT_MAX_CHARACTERS);
  });

  it('that PostgreSQL refuses do not affect later ones', async () => {
    await client.query('SAVEPOINT before');
    await expect(preparedQuery(client, 'SELECT refused'.padEnd(REPORT_CHARACTERS), [])).rejects.toThrow(
      'does not exist',
    );
    await client.query('ROLLBACK TO before');
    for (let number = 0; number < 100; number += 1)
      expect(await ask(number)).toEqual({ number, told: `told ${number}` });
  });

  it('are not kept if one alone exceeds the limit', async () => {
    const text = statement(7, KEPT_MAX_CHARACTERS + 1);
    expect(await preparedQuery(client, text, ['told'])).toEqual([{ number: 7, told: 'told' }]);
    expect(await preparedQuery(client, text, ['again'])).toEqual([{ number: 7, told: 'again' }]);
    expect((await prepared()).texts).not.toContain(text);
  });
});
