import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

describe('a test database', () => {
  let database: TestDatabase;
  beforeAll(async () => (database = await createTestDatabase()));
  afterAll(() => database.drop());

  it('lets the service in', async () => {
    const client = new Client({ connectionString: database.serviceUrl });
    await client.connect();
    const { rows } = await client.query('SELECT current_user AS who');
    await client.end();
    expect(rows).toEqual([{ who: 'pmr_service' }]);
  });
});
