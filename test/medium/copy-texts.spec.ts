import { Client, type PoolClient } from 'pg';
import { copyTexts } from '../../src/platform/database/index.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

describe('copyTexts', () => {
  let database: TestDatabase;
  let client: PoolClient;

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new Client({ connectionString: database.serviceUrl }) as unknown as PoolClient;
    await client.connect();
  });
  afterAll(async () => {
    await (client as unknown as Client).end();
    await database.drop();
  });

  const read = async (query: string): Promise<string> => {
    const pieces: Buffer[] = [];
    for await (const piece of copyTexts(client, query)) pieces.push(Buffer.from(piece));
    return Buffer.concat(pieces).toString();
  };

  it('returns texts unchanged, however they are split on their way', async () => {
    // Lengths that put the frames at every position of the chunks from the socket.
    const lengths = Array.from({ length: 6_000 }, (_, index) => (index * 7919) % 613);
    const text = await read(
      `SELECT repeat(chr(97 + n % 26), (n * 7919) % 613) FROM generate_series(0, 5999) AS n ORDER BY n`,
    );
    expect(text).toBe(
      lengths.map((length, index) => String.fromCharCode(97 + (index % 26)).repeat(length)).join(''),
    );
  });

  it('returns texts that are longer than a chunk, and no text', async () => {
    expect(await read(`SELECT repeat('ü', 300000) UNION ALL SELECT E'\\r\\n\\\\\\t🚀'`)).toBe(
      `${'ü'.repeat(300_000)}\r\n\\\t🚀`,
    );
    expect(await read(`SELECT '' FROM generate_series(1, 3)`)).toBe('');
    expect(await read(`SELECT 'x' WHERE false`)).toBe('');
  });

  it('fails if the query fails, before and during the copy, and leaves the connection usable', async () => {
    await expect(read(`SELECT no_such_column FROM users`)).rejects.toThrow(/no_such_column/);
    await expect(
      read(`SELECT repeat('x', 1000) || 1 / (50000 - n) FROM generate_series(1, 100000) AS n`),
    ).rejects.toThrow(/division by zero/);
    expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });
});
