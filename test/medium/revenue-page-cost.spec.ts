import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { RevenueFilter } from '../../src/revenue/filter/revenue-filter.js';
import { pagedReport, type PagePosition } from '../../src/revenue/report/page-cursor.js';
import { reportQuery } from '../../src/revenue/report/report-query.js';
import { SORTS, type Sort } from '../../src/revenue/report/sort-order.js';
import { deploymentDaysQuery } from '../../src/revenue/summary/deployment-days.js';
import { buffersOfQuery } from '../support/buffers.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { ALWAYS_30, EVERYTHING } from '../support/revenue-filters.js';

/**
 * One deployment in four gives revenue, and half of them belong to one partner. The customer `v` has 500 of them. The larger data set starts with the
 * smaller one.
 */
const FILL = `
  INSERT INTO users (id, roles) SELECT 'p' || n, '{partner}' FROM generate_series(0, 3) AS n;
  INSERT INTO modules (id, name, partner_id, credit_cost)
    SELECT 'm' || n, 'Module ' || n, CASE WHEN n % 5 < 4 THEN 'p' || n % 5 END, 1 FROM generate_series(0, 19) AS n;
  INSERT INTO deployment_revenue (user_id, deployment_id, module_id, partner_id, deployed_at, credit_cost, free_credits,
                                  purchased_credits, unpaid_credits, refunded_credits, gross_revenue, shared_gross)
    SELECT CASE WHEN n % (DEPLOYMENTS / 500) = 0 THEN 'v' ELSE 'u' || n % 50 END, 'd' || n, module.id, module.partner_id, timestamptz '2026-01-01Z' + n * interval '1 minute',
           2, CASE WHEN gives THEN 0 ELSE 2 END, CASE WHEN gives THEN 2 ELSE 0 END, 0, 0,
           CASE WHEN gives THEN 1 ELSE 0 END, CASE WHEN gives AND module.partner_id IS NOT NULL THEN 1 ELSE 0 END
      FROM (SELECT n, n % 4 = 3 AS gives, CASE WHEN n % 10 < 5 THEN 5 * (n % 4) ELSE n / 10 % 20 END AS m
              FROM generate_series(1, DEPLOYMENTS) AS n) AS use
      JOIN modules AS module ON module.id = 'm' || use.m`;

const FILTERS: readonly (readonly [string, Partial<RevenueFilter>])[] = [
  ['everything', {}],
  ['with free ones', { includeFree: true }],
  ['of partners', { owner: 'partner' }],
  ['of the platform', { owner: 'platform' }],
  ['of a partner', { partnerIds: ['p1'] }],
  ['of several partners', { partnerIds: ['p0', 'p2', 'p3'], includeFree: true }],
  ['of a module', { moduleIds: ['m6'] }],
  ['of several modules', { moduleIds: ['m0', 'm6', 'm9'], includeFree: true }],
  ['of all modules but some', { exceptModuleIds: ['m0', 'm6', 'm9'] }],
  ['of a partner’s modules but one', { partnerIds: ['p1'], exceptModuleIds: ['m6'], includeFree: true }],
  ['of a module that is another partner’s', { moduleIds: ['m0'], partnerIds: ['p1'] }],
];

describe('the cost of a page', () => {
  const databases: TestDatabase[] = [];
  const clients: Client[] = [];

  beforeAll(async () => {
    for (const deployments of [12_000, 120_000]) {
      const database = await createTestDatabase();
      const client = new Client({ connectionString: database.ownerUrl });
      await client.connect();
      await client.query(FILL.replaceAll('DEPLOYMENTS', String(deployments)));
      await client.query('TRUNCATE revenue_deltas'); // Moving and reading deltas is tested in revenue-rollups.
      await vacuum(client);
      databases.push(database);
      clients.push(client);
    }
  });
  afterAll(async () => {
    for (const client of clients) await client.end();
    for (const database of databases) await database.drop();
  });

  it.each(
    FILTERS.flatMap(([name, filter]) =>
      (['createdAt', 'moduleName'] as const).map((sort) => [`${name}, by ${sort}`, filter, sort] as const),
    ),
  )('is the same with ten times as many deployments: %s', async (_name, filter, sort) => {
    for (const position of [null, midway(sort)]) {
      const [few, many] = await Promise.all(
        clients.map((client) => buffersOf(client, filter, sort, position)),
      );
      // A larger index has at most one more level, in each of the ranges that are read.
      expect(many).toBeLessThanOrEqual((few as number) * 1.5 + 10);
    }
  });

  it.each(
    [
      {},
      { includeFree: true },
      { moduleIds: ['m6', 'm9'] },
      { exceptModuleIds: ['m6'], owner: 'partner' },
    ].flatMap((filter) => SORTS.map((sort) => [JSON.stringify(filter), sort, filter] as const)),
  )('of a customer with 500 deployments is at most 200 buffers: %s, by %s', async (_name, sort, filter) => {
    for (const client of clients) {
      for (const position of [null, sort === 'createdAt' || sort === 'moduleName' ? midway(sort) : null]) {
        const own = { userIds: ['v'], ...filter } as Partial<RevenueFilter>;
        expect(await buffersOf(client, own, sort, position)).toBeLessThanOrEqual(200);
      }
    }
  });

  it.each([
    ['everything', { kind: 'everybody' }],
    ['a partner', { kind: 'partner', partnerId: 'p1' }],
  ] as const)(
    'and that of the days with deployments is a few rows of an index: %s',
    async (_name, viewer) => {
      const query = deploymentDaysQuery(viewer, 'Europe/Berlin');
      for (const client of clients) expect(await buffersOfQuery(client, query)).toBeLessThan(100);
    },
  );
});

/** Repeats VACUUM until index-only scans work: a concurrent autovacuum can prevent rows from being marked for them. */
async function vacuum(client: Client): Promise<void> {
  for (;;) {
    await client.query('VACUUM ANALYZE');
    const { rowCount } = await client.query(
      "SELECT FROM pg_class WHERE oid = 'deployment_revenue'::regclass AND relallvisible = relpages",
    );
    if (rowCount === 1) return;
    await sleep(100);
  }
}

function midway(sort: Sort): PagePosition {
  const row = ['2026-01-02 12:00:00+00', 'd2000'];
  return { towards: 'next', keys: sort === 'createdAt' ? row : ['module 6', 'm6', ...row] };
}

/** The most buffers that PostgreSQL reads for 51 rows. */
async function buffersOf(
  client: Client,
  filter: Partial<RevenueFilter>,
  sort: Sort,
  position: PagePosition | null,
): Promise<number> {
  const wanted = {
    filter: { ...EVERYTHING, includeFree: false, ...filter },
    order: { sort, order: 'desc' },
    viewer: { kind: 'everybody' },
  } as const;
  return buffersOfQuery(client, reportQuery(pagedReport(wanted, ALWAYS_30), position, 51));
}
