import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

describe('the ledger is append-only', () => {
  let database: TestDatabase;
  let service: Client;
  let owner: Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    service = new Client({ connectionString: database.serviceUrl });
    owner = new Client({ connectionString: database.ownerUrl });
    await Promise.all([service.connect(), owner.connect()]);
    await service.query(`INSERT INTO users (id, roles) VALUES ('buyer', '{user}'), ('maker', '{partner}')`);
    await service.query(
      `INSERT INTO credit_entries (type, id, user_id, occurred_at, credits) VALUES ('award', 'a1', 'buyer', '2026-01-01Z', 5)`,
    );
  });
  afterAll(async () => {
    await Promise.all([service.end(), owner.end()]);
    await database.drop();
  });

  it.each([
    "UPDATE credit_entries SET credits = 6 WHERE id = 'a1'",
    "DELETE FROM credit_entries WHERE id = 'a1'",
    'TRUNCATE credit_entries',
    'ALTER TABLE credit_entries DISABLE TRIGGER ALL',
    'DROP TABLE credit_entries',
  ])('the service cannot: %s', async (statement) => {
    await expect(service.query(statement)).rejects.toMatchObject({ code: '42501' });
  });

  it.each([
    "UPDATE credit_entries SET credits = 6 WHERE id = 'a1'",
    "UPDATE credit_entries SET credits = 6 WHERE id = 'nobody'",
    "DELETE FROM credit_entries WHERE id = 'a1'",
    'TRUNCATE credit_entries CASCADE',
  ])('even the owner cannot: %s', async (statement) => {
    await expect(owner.query(statement)).rejects.toMatchObject({
      code: '23001',
      constraint: 'credit_entries_append_only',
    });
  });

  it('creates an account with every user', async () => {
    const { rows } = await service.query(
      'SELECT user_id, free_credits FROM credit_accounts ORDER BY user_id',
    );
    expect(rows).toEqual([
      { user_id: 'buyer', free_credits: '0.000000' },
      { user_id: 'maker', free_credits: '0.000000' },
    ]);
  });

  it.each([
    [{ credits: 0 }, 'credit_entries_fields_of_type'],
    [{ credits: 'NaN' }, 'credit_entries_credits_bounds'],
    [{ credits: -1 }, 'credit_entries_credits_bounds'],
    [{ amount: 3 }, 'credit_entries_fields_of_type'],
    [{ expires_at: '2025-12-31Z' }, 'credit_entries_expires_at_bounds'],
    [{ expires_at: 'infinity' }, 'credit_entries_expires_at_bounds'],
    [{ occurred_at: '-infinity' }, 'credit_entries_occurred_at_bounds'],
    [{ id: 'not an id' }, 'credit_entries_id_grammar'],
    [{ type: 'gift' }, 'credit_entries_type_known'],
    [{ user_id: 'stranger' }, 'credit_entries_account_fkey'],
    [{ id: 'a1' }, 'credit_entries_id_unique'],
  ])('refuses an award with %j', async (change, constraint) => {
    const row: Record<string, unknown> = {
      type: 'award',
      id: 'a2',
      user_id: 'buyer',
      occurred_at: '2026-01-01Z',
      credits: 1,
      amount: null,
      expires_at: null,
      ...change,
    };
    const insert = service.query(
      `INSERT INTO credit_entries (${Object.keys(row).join(', ')})
       VALUES (${Object.keys(row)
         .map((_, index) => `$${index + 1}`)
         .join(', ')})`,
      Object.values(row),
    );
    await expect(insert).rejects.toMatchObject({ constraint });
  });

  it('keeps the partner of a deployed module, and the currency after the first purchase', async () => {
    await service.query(
      `INSERT INTO modules (id, name, partner_id, credit_cost) VALUES ('m1', 'Maps', 'maker', 3), ('m2', 'Mail', 'maker', 3)`,
    );
    await service.query(`UPDATE variables SET value = 'EUR' WHERE key = 'currency'`);
    await service.query(
      `INSERT INTO credit_entries (type, id, user_id, occurred_at, credits, module_id, pool)
       VALUES ('deployment', 'd1', 'buyer', '2026-01-02Z', 3, 'm1', 'any')`,
    );
    await service.query(
      `INSERT INTO deployment_revenue (user_id, deployment_id, module_id, partner_id, deployed_at, credit_cost,
         free_credits, purchased_credits, unpaid_credits, refunded_credits, gross_revenue, shared_gross)
       VALUES ('buyer', 'd1', 'm1', 'maker', '2026-01-02Z', 3, 3, 0, 0, 0, 0, 0)`,
    );
    await service.query(
      `INSERT INTO credit_entries (type, id, user_id, occurred_at, credits, amount)
       VALUES ('purchase', 'p1', 'buyer', '2026-01-03Z', 3, 1)`,
    );
    const handOver = (id: string): Promise<unknown> =>
      service.query('UPDATE modules SET partner_id = NULL WHERE id = $1', [id]);
    await expect(handOver('m1')).rejects.toMatchObject({ constraint: 'modules_partner_is_frozen' });
    await expect(handOver('m2')).resolves.toMatchObject({ rowCount: 1 });
    await expect(
      service.query(`UPDATE variables SET value = 'GBP' WHERE key = 'currency'`),
    ).rejects.toMatchObject({
      constraint: 'variables_currency_is_frozen',
    });
    await service.query(`UPDATE variables SET value = 'EUR' WHERE key = 'currency'`);
  });
});
