import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { IMPORT_LOCK, ImportService } from '../../src/credits/index.js';
import {
  parseInstant,
  shareTimeline,
  statedSteps,
  type Instant,
  type ShareTimeline,
} from '../../src/domain/index.js';
import { connectOwner, Snapshots, type Snapshot } from '../../src/platform/database/index.js';
import { filterConditions, SqlParameters, where } from '../../src/revenue/filter/filter-conditions.js';
import type { RevenueFilter } from '../../src/revenue/filter/revenue-filter.js';
import { RevenueService } from '../../src/revenue/index.js';
import { CompactionWorker } from '../../src/revenue/rollup/compaction-worker.js';
import { Compaction } from '../../src/revenue/rollup/compaction.js';
import { SUMMED_FIGURES } from '../../src/revenue/rollup/figures.js';
import { SUM_KEYS, sumPeriods, type PeriodSums, type SumKey } from '../../src/revenue/rollup/sums.js';
import { importRecords, type TestRecord } from '../support/lines.js';
import { ALWAYS_30, EVERYTHING } from '../support/revenue-filters.js';
import { revenuePlatform } from '../support/revenue-platform.js';
import { startTestService, type TestService } from '../support/service.js';

const at = (text: string): { instant: Instant; at: string; sql: string } => ({
  instant: parseInstant(text) as Instant,
  at: text,
  sql: text,
});

/** Filters on the owner, of every kind. */
const WHOSE: readonly Partial<RevenueFilter>[] = [
  {},
  { owner: 'partner' },
  { owner: 'platform' },
  { partnerIds: ['acme'] },
  { partnerIds: ['idle'] },
  { partnerIds: ['acme', 'bolt'], owner: 'partner' },
  { partnerIds: ['acme'], owner: 'platform' },
  { moduleIds: ['a-maps'] },
  { moduleIds: ['a-maps', 'b-solo', 'own-core'] },
  { moduleIds: ['a-maps', 'b-solo', 'own-core'], owner: 'platform' },
  { moduleIds: ['a-maps', 'b-solo'], partnerIds: ['bolt'] },
  { exceptModuleIds: ['a-maps'] },
  { exceptModuleIds: ['a-maps', 'own-core'], owner: 'platform' },
  { exceptModuleIds: ['a-maps', 'b-solo'], partnerIds: ['acme', 'bolt'] },
  { moduleIds: ['a-maps', 'b-solo'], exceptModuleIds: ['a-maps'] },
  { userIds: ['ann'] },
  { userIds: ['bob', 'cem', 'nobody'] },
  { userIds: ['ann'], moduleIds: ['a-maps', 'own-core'], exceptModuleIds: ['a-maps'] },
  { userIds: ['ann', 'cem'], partnerIds: ['acme'], owner: 'partner' },
  { userIds: ['ann', 'bob'], exceptModuleIds: ['a-maps'], owner: 'platform' },
];

/** Ends at the start of every level, and a microsecond before or after; deployments are at 23:00Z, three days apart. */
const ENDS = [
  '2026-01-01T00:00:00Z',
  '2026-01-07T23:00:00Z',
  '2026-01-07T23:00:00.000001Z',
  '2026-01-31T22:59:59.999999Z',
  '2026-02-01T00:00:00Z',
  '2026-02-20T18:30:00Z',
  '2026-03-31T22:15:00Z',
  '2026-04-10T00:00:00Z',
].map(at);

/** A share that changes at each of the ends, by few and by many places. */
const MANY_SHARES = shareTimeline([
  { from: null, share: 300_000n },
  ...ENDS.map(({ instant }, index) => ({ from: instant, share: BigInt(index) * 123_457n })),
]);

const RANGES: readonly Pick<RevenueFilter, 'from' | 'to'>[] = [
  { from: null, to: null },
  ...ENDS.flatMap((from, index) => [
    { from, to: null },
    { from: null, to: from },
    ...ENDS.slice(index).map((to) => ({ from, to })),
  ]),
];

const LATE: readonly TestRecord[] = [
  {
    type: 'purchase',
    externalId: 'late-1',
    userId: 'ann',
    credits: '30',
    amount: '0.000007',
    occurredAt: '2026-01-01T12:00:00Z',
  },
  {
    type: 'award',
    externalId: 'late-2',
    userId: 'bob',
    credits: '40',
    occurredAt: '2026-01-01T12:00:00Z',
  },
  { type: 'refund', externalId: 'late-3', deploymentId: 'd-0003', occurredAt: '2026-04-01T00:00:00Z' },
];

/** Deployments of one customer, out of order, so that each causes a new fold. */
function usesOf(lane: number): TestRecord[] {
  return Array.from({ length: 60 }, (_, index) => ({
    type: 'deployment',
    id: `w-${lane}-${index}`,
    userId: ['ann', 'bob', 'cem'][lane],
    moduleId: ['a-maps', 'b-solo', 'own-core'][index % 3],
    creditCost: '0.5',
    createdAt: new Date(Date.UTC(2026, 0, 3) + ((index * 37) % 60) * 40_000_000 + lane).toISOString(),
  }));
}

describe('rollups', () => {
  let service: TestService;
  let dataSource: DataSource;
  let compaction: Compaction;

  beforeAll(async () => {
    service = await startTestService();
    dataSource = service.app.get(DataSource);
    compaction = service.app.get(Compaction, { strict: false });
    // This test decides when deltas are moved.
    await service.app.get(CompactionWorker, { strict: false }).beforeApplicationShutdown();
    expect((await importRecords(service.app, revenuePlatform())).refusals).toEqual([]);
  });
  afterAll(() => service.close());

  it('equal the sums of the rows for every filter and range, before, between and after moving deltas', async () => {
    expect(await countOf('revenue_deltas')).toBeGreaterThan(0);
    expect(await countOf('revenue_rollups')).toBe(0);
    await expectSumsOfRows();

    while (await compaction.moveSome());
    expect(await countOf('revenue_deltas')).toBe(0);
    expect(await countOf('revenue_rollups')).toBeGreaterThan(0);
    await expectSumsOfRows();

    // Late purchases and a refund change rows of earlier months, and whether some give revenue.
    expect((await importRecords(service.app, LATE)).refusals).toEqual([]);
    expect(await countOf('revenue_deltas')).toBeGreaterThan(0);
    await expectSumsOfRows();

    while (await compaction.moveSome());
    expect(await countOf('revenue_deltas')).toBe(0);
    await expectSumsOfRows();
  });

  it('can be read for many periods at once', async () => {
    const periods = ENDS.slice(1).map((end, index) => ({
      from: ENDS[index]?.instant ?? null,
      to: end.instant,
    }));
    await service.app.get(Snapshots).read(async ({ client }) => {
      for (const whose of [{}, { userIds: ['ann', 'cem'] }]) {
        const filter = { ...EVERYTHING, ...whose };
        for (const by of keysFor(whose)) {
          const expected: PeriodSums[] = [];
          for (const [period, range] of periods.entries()) {
            const sums = await sumPeriods(client, { filter, periods: [range], shares: ALWAYS_30, by });
            expected.push(...sums.map((found) => ({ ...found, period })));
          }
          expect(new Set(expected.map(({ period }) => period)).size).toBeGreaterThan(3);
          expect(await sumPeriods(client, { filter, periods, shares: ALWAYS_30, by })).toEqual(expected);
        }
      }
    });
  });

  it('remain exact while entries are written and deltas are moved, and verify confirms it', async () => {
    const revenue = service.app.get(RevenueService, { strict: false });
    let isWriting = true;
    const moving = (async () => {
      while (isWriting) await compaction.moveSome();
    })();
    const writing = Promise.all([0, 1, 2].map((lane) => importRecords(service.app, usesOf(lane))));
    const reading = (async () => {
      while (isWriting) await expectSumsOfRows(requests().filter((_, index) => index % 24 === 0));
    })();
    for (const report of await writing) expect(report.refusals).toEqual([]);
    isWriting = false;
    await Promise.all([moving, reading]);
    await expectSumsOfRows();
    expect((await revenue.verify()).violations).toEqual([]);

    await dataSource.query(`UPDATE revenue_rollups SET gross_revenue = gross_revenue + 0.000001
                             WHERE (scope, scope_id, level) = ('module', 'a-maps', 'month') AND generating`);
    expect((await revenue.verify()).violations).toContainEqual(
      expect.stringMatching(/^rollup of module a-maps, month from .* -0.000001 gross revenue more/),
    );
    await dataSource.query(`UPDATE revenue_rollups SET gross_revenue = gross_revenue - 0.000001
                             WHERE (scope, scope_id, level) = ('module', 'a-maps', 'month') AND generating`);
  });

  it('contain nothing of rows that are deleted', async () => {
    await dataSource.query('DELETE FROM deployment_revenue');
    await expectSumsOfRows();
    while (await compaction.moveSome());
    expect(await countOf('revenue_rollups')).toBe(0);
  });

  it('detect that an import is running, and that it has ended', async () => {
    const seen: boolean[] = [];
    const imports = service.app.get(ImportService, { strict: false });
    await imports.import(Readable.from([Buffer.from(`${JSON.stringify(revenuePlatform()[0])}\n`)]), {
      atomic: false,
      update: false,
      importer: null,
      onEnd: async () => void seen.push(await compaction.canWait()),
    });
    expect(seen).toEqual([true]);
    expect(await compaction.canWait()).toBe(false);
  });

  it('wait for the end of an import, unless there are too many deltas', async () => {
    const runner = dataSource.createQueryRunner();
    expect(await compaction.canWait()).toBe(false);
    await runner.query('SELECT pg_advisory_lock_shared($1)', [IMPORT_LOCK]);
    expect(await compaction.canWait()).toBe(true);
    await dataSource.query(
      `INSERT INTO revenue_deltas SELECT 'm', null, '2026-01-01T00:00:00Z', false, 0, 0, 0, 0, 0, 0, 0, 0
         FROM generate_series(1, 240_000)`,
    );
    expect(await compaction.canWait()).toBe(false);
    await runner.query('SELECT pg_advisory_unlock_shared($1)', [IMPORT_LOCK]);
    await runner.release();
    expect(await compaction.canWait()).toBe(false);
  });

  it('are moved in smaller steps after a failure, such as a slow statement', async () => {
    const owner = await connectOwner(service.database.ownerUrl);
    await owner.query('TRUNCATE revenue_deltas');
    await dataSource.query(
      `INSERT INTO revenue_deltas SELECT 'm', null, '2026-01-01T00:00:00Z', true, 1, 1, 0, 1, 0, 0, 1, 0
         FROM generate_series(1, 130_000)`,
    );
    await owner.query('ALTER TABLE revenue_rollups RENAME TO out_of_reach');
    await expect(compaction.moveSome()).rejects.toThrow(/revenue_rollups/);
    await owner.query('ALTER TABLE out_of_reach RENAME TO revenue_rollups');
    await owner.end();
    expect(await compaction.moveSome()).toBe(true);
    expect(await countOf('revenue_deltas')).toBe(130_000 - 15_000);
    while (await compaction.moveSome());
    expect(await countOf('revenue_deltas')).toBe(0);
  });

  it('that cannot be updated are logged once, in one line without a stack', async () => {
    const owner = await connectOwner(service.database.ownerUrl);
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    const log = jest.spyOn(Logger.prototype, 'log').mockImplementation();
    const worker = new CompactionWorker(compaction, service.app.get(HttpAdapterHost));
    await owner.query('ALTER TABLE revenue_deltas RENAME TO out_of_reach');
    worker.onApplicationBootstrap();
    await until(() => warn.mock.calls.length > 0);
    await sleep(2_500); // The worker has retried.
    await owner.query('ALTER TABLE out_of_reach RENAME TO revenue_deltas');
    await until(() => log.mock.calls.length > 0);
    await worker.beforeApplicationShutdown();
    await owner.end();
    const told = warn.mock.calls;
    warn.mockRestore();
    log.mockRestore();
    expect(told).toEqual([
      [
        'Moving deltas into the rollups failed (relation "revenue_deltas" does not exist). The service retries with smaller steps until it succeeds.',
      ],
    ]);
  });

  async function until(isTrue: () => boolean): Promise<void> {
    const deadline = performance.now() + 20_000;
    while (!isTrue() && performance.now() < deadline) await sleep(20);
  }

  async function countOf(table: string): Promise<number> {
    const [row] = await dataSource.query<{ rows: number }[]>(`SELECT count(*)::int AS rows FROM ${table}`);
    return row?.rows ?? 0;
  }

  async function expectSumsOfRows(asked = requests()): Promise<void> {
    await service.app.get(Snapshots).read(async (snapshot) => {
      for (const request of asked) {
        const { filter, shares, by } = request;
        const sums = await sumPeriods(snapshot.client, request);
        expect({ ...request, sums }).toEqual({
          ...request,
          sums: await sumsOfRows(snapshot, filter, shares, by),
        });
      }
    });
  }
});

/** Every kind of filter and key, each with some of the ranges, so that all ranges are used. */
function requests(): { filter: RevenueFilter; shares: ShareTimeline; by: SumKey | undefined }[] {
  const kinds = WHOSE.flatMap((whose) =>
    [true, false].flatMap((includeFree) => keysFor(whose).map((by) => ({ whose, includeFree, by }))),
  );
  return kinds.flatMap(({ whose, includeFree, by }, index) =>
    [0, 1, 2, 3].map((offset) => ({
      filter: { ...EVERYTHING, ...whose, includeFree, ...RANGES[(index * 7 + offset * 13) % RANGES.length] },
      shares: offset === 0 ? ALWAYS_30 : MANY_SHARES,
      by,
    })),
  );
}

function keysFor({ userIds }: Partial<RevenueFilter>): (SumKey | undefined)[] {
  return [undefined, ...SUM_KEYS, ...(userIds === undefined ? [] : (['user'] as const))];
}

/** The same, summed only from the rows. */
async function sumsOfRows(
  { client }: Snapshot,
  filter: RevenueFilter,
  shares: ShareTimeline,
  by: SumKey | undefined,
): Promise<PeriodSums[]> {
  const parameters = new SqlParameters();
  const conditions = where(filterConditions(filter, parameters));
  const key = by === undefined ? 'NULL' : `revenue.${by}_id`;
  const sums = Object.entries(SUMMED_FIGURES).map(
    ([name, column]) => `trim_scale(sum(revenue.${column})) AS "${name}"`,
  );
  const { rows } = await client.query<PeriodSums>(
    `SELECT 0 AS period, ${key} AS key, count(*) AS deployments, ${sums.join(', ')},
            trim_scale(sum(revenue.shared_gross * ${percentOf(shares)} * 0.01)) AS revenue
       FROM deployment_revenue AS revenue ${conditions} GROUP BY 2 HAVING count(*) > 0 ORDER BY 2 NULLS FIRST`,
    parameters.values,
  );
  return rows;
}

/** The share of a row in percent, by asking for one step after the other. */
function percentOf(shares: ShareTimeline): string {
  const cases = statedSteps(shares).map(({ to, value }) =>
    to === null ? `ELSE ${value}` : `WHEN revenue.deployed_at < '${to}' THEN ${value}`,
  );
  return `(CASE WHEN false THEN 0 ${cases.join(' ')} END)::numeric`;
}
