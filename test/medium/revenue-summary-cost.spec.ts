import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { parseInstant, type Instant } from '../../src/domain/index.js';
import { Snapshots } from '../../src/platform/database/index.js';
import type { RevenueFilter } from '../../src/revenue/filter/revenue-filter.js';
import { sumRows } from '../../src/revenue/report/report-totals.js';
import { Compaction } from '../../src/revenue/rollup/compaction.js';
import { sumGroups } from '../../src/revenue/summary/grouped-sums.js';
import { readPeriods } from '../../src/revenue/summary/periods.js';
import { ALWAYS_30, EVERYTHING } from '../support/revenue-filters.js';
import { startTestService, type TestService } from '../support/service.js';

const MODULES = 200;
const DAYS_OF_JUNE = 30;
/** Each module once in January 2024 and once in December 2026, and three of them also in June 2025. */
const FILL = `
  INSERT INTO users (id, roles) VALUES ('acme', '{partner}');
  INSERT INTO modules (id, name, partner_id, credit_cost)
    SELECT 'm' || n, 'Module ' || n, CASE WHEN n % 2 = 0 THEN 'acme' END, 1 FROM generate_series(1, ${MODULES}) AS n;
  INSERT INTO deployment_revenue (user_id, deployment_id, module_id, partner_id, deployed_at, credit_cost, free_credits,
                                  purchased_credits, unpaid_credits, refunded_credits, gross_revenue, shared_gross)
    SELECT 'u', 'd' || module.id || day, module.id, module.partner_id, day, 1, 1, 0, 0, 0, 0, 0
      FROM modules AS module, unnest('{2024-01-02Z, 2025-06-10Z, 2026-12-30Z}'::timestamptz[]) AS day
     WHERE day <> '2025-06-10Z' OR module.id IN ('m1', 'm2', 'm3')`;

describe('a summary by periods and modules', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService();
    const owner = await new DataSource({ type: 'postgres', url: service.database.ownerUrl }).initialize();
    await owner.query(FILL);
    await owner.destroy();
    while (await service.app.get(Compaction).moveSome());
  });
  afterAll(() => service.close());

  /** @returns the result or error of sumGroups, and the number of index blocks of the rollups that it read */
  const sumByDayAndModule = (filter: RevenueFilter): Promise<{ outcome: unknown; blocks: number }> =>
    service.app.get(Snapshots).read(async ({ client }) => {
      const periods = await readPeriods(client, filter, 'day', 'UTC');
      const grouping = { unit: 'day', subject: 'module' } as const;
      const outcome = await sumGroups(client, filter, ALWAYS_30, grouping, periods).catch(
        (error: unknown) => error,
      );
      return { outcome, blocks: await blocksOf(client) };
    });

  it('with more than 50,000 rows is refused before all of them are summed', async () => {
    const { outcome, blocks } = await sumByDayAndModule(EVERYTHING);
    expect(outcome).toMatchObject({ detail: expect.stringMatching(/more than 50000 rows/) as string });
    expect(blocks).toBeLessThan(MODULES * 50);
  });

  it('depends on its rows, not on the number of modules', async () => {
    const { outcome, blocks } = await sumByDayAndModule({
      ...EVERYTHING,
      from: at('2025-06-01T00:00:00Z'),
      to: at('2025-07-01T00:00:00Z'),
    });
    expect(outcome).toMatchObject(['m1', 'm2', 'm3'].map((subjectId) => ({ period: 9, subjectId })));
    expect(blocks).toBeLessThan(MODULES * DAYS_OF_JUNE);
  });

  it('of all modules except a few depends on these few, not on the number of modules', async () => {
    const allBut = { ...EVERYTHING, exceptModuleIds: ['m1', 'm2'] };
    const { outcome, blocks } = await service.app.get(Snapshots).read(async ({ client }) => {
      const before = await blocksOf(client); // Blocks of moving deltas that are not in the statistics yet.
      return { outcome: await sumRows(client, allBut, ALWAYS_30), blocks: (await blocksOf(client)) - before };
    });
    // 200 modules twice and three modules once more, minus two modules with three each.
    expect(outcome).toMatchObject({ deployments: String(2 * MODULES + 3 - 6) });
    expect(blocks).toBeLessThan(MODULES);
  });

  it('contains no sums without deployments', async () => {
    const { outcome } = await sumByDayAndModule({
      ...EVERYTHING,
      from: at('2025-08-01T00:00:00Z'),
      to: at('2025-09-01T00:00:00Z'),
    });
    expect(outcome).toEqual([]);
  });
});

/** Number of index blocks of the rollups that the transaction has read. */
async function blocksOf(client: PoolClient): Promise<number> {
  const { rows } = await client.query<{ blocks: string }>(
    `SELECT pg_stat_get_xact_blocks_fetched('revenue_rollups_pkey'::regclass) AS blocks`,
  );
  return Number(rows[0]?.blocks);
}

function at(text: string): { instant: Instant; at: string; sql: string } {
  return { instant: parseInstant(text) as Instant, at: text, sql: text };
}
