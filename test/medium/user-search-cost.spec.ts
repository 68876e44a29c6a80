import { Client } from 'pg';
import {
  userSearch,
  type FoundUser,
  type UserFilter,
  type UserPosition,
} from '../../src/users/user-search.js';
import { buffersOfQuery } from '../support/buffers.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const USERS = 20_000;
/** Every user's id begins with the same letter, and the names have a hundred first and last words. */
const FILL = `
  INSERT INTO users (id, email, name, roles)
    SELECT 'usr_' || n, 'e' || md5(n::text) || '@example.com', 'Fir' || n % 100 || CASE WHEN n % 10 = 7 THEN ' Lás' ELSE ' Las' END || n / 100 % 100,
           CASE WHEN n % 2000 = 7 THEN '{partner}' WHEN n = 500 THEN '{user,finance}' ELSE '{user}' END::text[]
      FROM generate_series(1, ${USERS}) AS n;
  ANALYZE users`;
const ROWS = 51;
/** Four ranges of rows in the order of an index, and the start of each. */
const BUFFERS_MAX = 4 * (ROWS + 10);

describe('a search among many users', () => {
  let database: TestDatabase;
  let client: Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new Client({ connectionString: database.ownerUrl });
    await client.connect();
    await client.query(FILL);
  }, 600_000);
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  const find = async (filter: UserFilter, after: UserPosition | null = null): Promise<FoundUser[]> => {
    const { text, values } = userSearch(filter, after, ROWS);
    return (await client.query<FoundUser>(text, values)).rows;
  };
  it.each<UserFilter>([
    {},
    { role: 'user' },
    { role: 'finance' },
    { q: 'u' },
    { q: 'USR_1999' },
    { q: 'e' },
    { q: 'fir7' },
    { q: 'Fir7 Las' },
    { q: 'las' },
    { q: 'LAS42' },
    { q: 'nothing' },
    { q: 'fir', role: 'user' },
    { q: 'fir', role: 'partner' },
  ])('reads few buffers for a page of %j, and for the next one', async (filter) => {
    let after: UserPosition | null = null;
    for (let page = 0; page < 2; page += 1) {
      expect(await buffersOfQuery(client, userSearch(filter, after, ROWS))).toBeLessThan(BUFFERS_MAX);
      after = (await find(filter, after)).at(-1) ?? after;
    }
  });

  it('finds the same users as a comparison of every user', async () => {
    for (const q of ['usr_39', 'fir77', 'lás4', 'fir17 las2']) {
      const { rows } = await client.query<{ id: string }>(
        `SELECT id FROM users, search_text($1) AS q
          WHERE starts_with(lower(id), q) OR starts_with(search_text(email), q) OR starts_with(search_text(name), q)
             OR starts_with(search_text(substring(name FROM '\\s(\\S+)$')), q)`,
        [q],
      );
      const found: string[] = [];
      for (let after: UserPosition | null = null; ;) {
        const page = await find({ q }, after);
        found.push(...page.map(({ id }) => id));
        if (page.length < ROWS) break;
        after = page.at(-1) as UserPosition;
      }
      expect([q, found.toSorted()]).toEqual([q, rows.map(({ id }) => id).toSorted()]);
    }
  });
});
