import { Client } from 'pg';
import { parseInstant, shareTimeline, type Instant, type ShareTimeline } from '../../src/domain/index.js';
import type { RevenueFilter } from '../../src/revenue/filter/revenue-filter.js';
import { pagedReport } from '../../src/revenue/report/page-cursor.js';
import { reportQuery } from '../../src/revenue/report/report-query.js';
import { FILL_ROLLUPS } from '../../src/revenue/rollup/rollup-rows.js';
import { buffersOfQuery } from '../support/buffers.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { ALWAYS_30, EVERYTHING } from '../support/revenue-filters.js';

/** Two years with a deployment every 30 minutes. One in four gives revenue; four of five belong to one of four partners. */
const FILL = `
  INSERT INTO users (id, roles) SELECT 'p' || n, '{partner}' FROM generate_series(0, 3) AS n;
  INSERT INTO modules (id, name, partner_id, credit_cost)
    SELECT 'm' || n, 'Module ' || n, CASE WHEN n % 5 < 4 THEN 'p' || n % 5 END, 1 FROM generate_series(0, 19) AS n;
  INSERT INTO deployment_revenue (user_id, deployment_id, module_id, partner_id, deployed_at, credit_cost, free_credits,
                                  purchased_credits, unpaid_credits, refunded_credits, gross_revenue, shared_gross)
    SELECT 'u' || n % 50, 'd' || n, module.id, module.partner_id, timestamptz '2024-01-01Z' + n * interval '30 minutes',
           2, CASE WHEN gives THEN 0 ELSE 2 END, CASE WHEN gives THEN 2 ELSE 0 END, 0, 0,
           CASE WHEN gives THEN 1 ELSE 0 END, CASE WHEN gives AND module.partner_id IS NOT NULL THEN 1 ELSE 0 END
      FROM (SELECT n, n % 4 = 3 AS gives FROM generate_series(1, 35040) AS n) AS use
      JOIN modules AS module ON module.id = 'm' || n / 3 % 20`;

const STEPS = 24;

/** A step at a local midnight inside each of 24 months. */
const MIDNIGHTS = `
  SELECT local_day_start(day::date, 'America/New_York') AS start
    FROM generate_series(timestamp '2024-01-15', '2025-12-15', '1 month') AS day`;

const FILTERS = [
  ['everybody’s', {}, 24],
  ['that of a partner', { partnerIds: ['p1'] }, 24],
  // The rows of at most one day a step too: both sides of a midnight that is not one of UTC.
  ['that of a module', { moduleIds: ['m6'] }, 24],
] as const;

describe('the cost of a share with 24 steps', () => {
  let database: TestDatabase;
  let client: Client;
  let stepped: ShareTimeline;

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new Client({ connectionString: database.ownerUrl });
    await client.connect();
    // Deltas are not needed: the rollups are filled from the rows.
    await client.query('ALTER TABLE deployment_revenue DISABLE TRIGGER USER');
    await client.query(FILL);
    for (const sql of FILL_ROLLUPS) await client.query(`BEGIN; ${sql}; COMMIT`);
    await client.query('VACUUM ANALYZE');
    const { rows } = await client.query<{ start: Date }>(MIDNIGHTS);
    const starts = rows.map(({ start }) => parseInstant(start.toISOString()) as Instant);
    stepped = shareTimeline([
      { from: null, share: 300_000n },
      ...starts.map((from, index) => ({ from, share: BigInt(200_000 + index * 123) })),
    ]);
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  const buffersOf = (filter: Partial<RevenueFilter>, shares: ShareTimeline): Promise<number> => {
    const wanted = {
      filter: { ...EVERYTHING, includeFree: false, ...filter },
      order: { sort: 'createdAt', order: 'desc' },
      viewer: { kind: 'everybody' },
    } as const;
    return buffersOfQuery(client, reportQuery(pagedReport(wanted, shares), null, 51));
  };

  it.each(FILTERS)('is at most so many buffers a step: %s page', async (_name, filter, most) => {
    const [one, many] = [await buffersOf(filter, ALWAYS_30), await buffersOf(filter, stepped)];
    expect((many - one) / STEPS).toBeLessThanOrEqual(most);
  });
});
