import { Client } from 'pg';
import { importRecords, type TestRecord } from '../support/lines.js';
import { startTestService, type TestService } from '../support/service.js';

const PLATFORM: readonly TestRecord[] = [
  { type: 'user', id: 'acme', roles: ['partner'] },
  { type: 'user', id: 'ann', roles: ['user'] },
  { type: 'user', id: 'bob', roles: ['user'] },
  { type: 'module', id: 'maps', name: 'Maps', partnerId: 'acme', creditCost: '4' },
  { type: 'module', id: 'core', name: 'Core', partnerId: null, creditCost: '4' },
];

const purchase = (externalId: string, userId: string, occurredAt: string): TestRecord => ({
  type: 'purchase',
  externalId,
  userId,
  credits: '20',
  amount: '5',
  occurredAt,
});
const deployment = (id: string, userId: string, createdAt: string, moduleId = 'maps'): TestRecord => ({
  type: 'deployment',
  id,
  userId,
  moduleId,
  createdAt,
});

const HISTORY: readonly TestRecord[] = [
  ...PLATFORM,
  purchase('p-ann', 'ann', '2025-11-01T00:00:00Z'),
  deployment('before', 'ann', '2025-12-31T23:59:59Z'),
  deployment('first', 'ann', '2026-01-01T00:00:00Z'),
  deployment('own', 'ann', '2026-01-10T00:00:00Z', 'core'),
  deployment('last', 'ann', '2026-01-31T23:59:59.999999Z'),
  deployment('open', 'ann', '2026-02-01T00:00:00Z'),
  deployment('debt', 'bob', '2026-01-20T00:00:00Z'),
];

const TABLES = [
  'closing_runs',
  'closings',
  'statements',
  'statement_lines',
  'statement_causes',
  'payments',
  'statement_marks',
];

describe('marks of closed months', () => {
  let service: TestService;
  let client: Client;
  let owner: Client;

  beforeAll(async () => {
    service = await startTestService();
    client = new Client({ connectionString: service.database.serviceUrl });
    owner = new Client({ connectionString: service.database.ownerUrl });
    await Promise.all([client.connect(), owner.connect()]);
    expect((await importRecords(service.app, HISTORY)).refusals).toEqual([]);
  });
  afterAll(async () => {
    await Promise.all([client.end(), owner.end()]);
    await service.close();
  });

  const beginRun = (): Promise<unknown> =>
    client.query(`INSERT INTO closing_runs (month, starts_at, ends_at, time_zone, sequence)
                  VALUES ('2026-01', '2026-01-01Z', '2026-02-01Z', 'UTC', 1)`);
  /** The deployments that the records mark in a run of their own. */
  const markedBy = async (...records: TestRecord[]): Promise<string[]> => {
    await beginRun();
    expect((await importRecords(service.app, records)).refusals).toEqual([]);
    const { rows } = await client.query<{ id: string }>(
      `SELECT deployment_id AS id FROM statement_marks
        WHERE run = (SELECT max(run) FROM closing_runs) ORDER BY 1`,
    );
    return rows.map(({ id }) => id);
  };

  it('are not needed before a closing', async () => {
    await importRecords(service.app, [deployment('unseen', 'bob', '2026-02-01T00:00:00Z', 'core')]);
    const { rowCount } = await client.query('SELECT FROM statement_marks');
    expect(rowCount).toBe(0);
  });

  it('name nothing for entries of open months', async () => {
    const later = [
      purchase('p-ann-2', 'ann', '2026-02-02T00:00:00Z'),
      deployment('open-2', 'ann', '2026-02-03T00:00:00Z'),
      { type: 'refund', externalId: 'r-open', deploymentId: 'open', occurredAt: '2026-02-04T00:00:00Z' },
    ];
    expect(await markedBy(...later)).toEqual([]);
  });

  it('name the deployments that a late entry changes: neither the platform’s nor earlier ones', async () => {
    const gift = {
      type: 'award',
      externalId: 'a',
      userId: 'ann',
      credits: '12',
      occurredAt: '2025-12-01T00:00:00Z',
    };
    // It pays before, first and own; last keeps its payment.
    expect(await markedBy(gift)).toEqual(['first']);
  });

  it('name a deployment whose debt is settled, and one that is refunded', async () => {
    expect(await markedBy(purchase('p-bob', 'bob', '2026-03-01T00:00:00Z'))).toEqual(['debt']);
    const refund = {
      type: 'refund',
      externalId: 'r',
      deploymentId: 'last',
      occurredAt: '2026-03-02T00:00:00Z',
    };
    expect(await markedBy(refund)).toEqual(['last']);
  });

  it('name a deployment that is told late', async () => {
    expect(await markedBy(deployment('late', 'bob', '2026-01-15T00:00:00Z'))).toEqual(['late']);
  });

  it.each(TABLES.flatMap((table) => [`UPDATE ${table} SET`, `DELETE FROM ${table}`, `TRUNCATE ${table}`]))(
    'and all that is stated stay as they are: %s',
    async (statement) => {
      const table = /\w+$/.exec(statement.replace(' SET', ''))?.[0] ?? '';
      const { rows } = await owner.query<{ name: string }>(
        `SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND attidentity = '' LIMIT 1`,
        [table],
      );
      const whole = statement.endsWith('SET')
        ? `${statement} ${rows[0]?.name} = ${rows[0]?.name}`
        : statement;
      await expect(client.query(whole)).rejects.toMatchObject({ code: '42501' });
      await expect(owner.query(whole.replace(/^(TRUNCATE .*)$/, '$1 CASCADE'))).rejects.toMatchObject({
        code: '23001',
      });
    },
  );
});
