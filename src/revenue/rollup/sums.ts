import type { PoolClient } from 'pg';
import type { ShareTimeline } from '../../domain/index.js';
import { preparedQuery } from '../../platform/database/index.js';
import { SqlParameters, where } from '../filter/filter-conditions.js';
import { rangeOf, type RevenueFilter } from '../filter/revenue-filter.js';
import { moduleConditions, namedPartners, ownersOf, rowSources, wantedOf } from '../filter/row-sources.js';
import { FIGURE_COLUMNS, SUMMED_FIGURES, type RevenueSums } from './figures.js';
import { sharedPieces } from './shared-pieces.js';
import { lowerBound, scanRows, segmentRows, upperBound, type NumberedSegment } from './segment-rows.js';
import { segmentsOf, type Interval, type RollupLevel } from './segments.js';

/** Optional second dimension of sums, within each period. */
export const SUM_KEYS = ['module', 'partner'] as const;
/** By user only with a filter that names the users, because rollups are not by user. */
export type SumKey = (typeof SUM_KEYS)[number] | 'user';

/** Request for sums. */
export interface SumsRequest {
  /** Its range is used only if `periods` is absent. */
  readonly filter: RevenueFilter;
  /** In the order of time, without overlap, for example the days of a zone. They replace the filter's range. */
  readonly periods?: readonly Interval[];
  /** For the revenue. */
  readonly shares: ShareTimeline;
  /** Absent: one sum per period. */
  readonly by?: SumKey;
  /** Most sums to return, those of the earliest periods first; absent: all. */
  readonly most?: number;
}

/** The sums to add up, with their ranges filled in. */
type Addition = Required<Pick<SumsRequest, 'filter' | 'periods'>> &
  Pick<SumsRequest, 'by'> & {
    /** The ranges are parts of one, so their rollups are next to each other. */
    readonly isOneRange: boolean;
  };

/** The sums of one period, or of one module or partner in it. Combinations without deployments are left out. */
export interface PeriodSums extends RevenueSums {
  /** Index of the period, from 0. */
  readonly period: number;
  /** Id of the module or partner; null: the platform, or the whole period. */
  readonly key: string | null;
}

/** The key of rollups that a request reads: kind of owner, partner or module. */
type Scope = 'owner' | 'partner' | 'module';
const LEVELS: Readonly<Record<Scope, readonly RollupLevel[]>> = {
  owner: ['quarter', 'day', 'month'],
  partner: ['hour', 'day', 'month'],
  module: ['day', 'month'],
};

/** Id of the platform in the scope of partners; no real id is empty. */
const PLATFORM = '';

/**
 * Exact sums of any filter over any periods, in one query: rollups of whole months, days, hours or quarter-hours,
 * deltas that are not in the rollups yet, and rows at the edges of the periods.
 *
 * @param client in the snapshot to read
 */
export async function sumPeriods(client: PoolClient, request: SumsRequest): Promise<PeriodSums[]> {
  const parameters = new SqlParameters();
  const text = sumsQuery(request, parameters);
  return preparedQuery<{ [Column in keyof PeriodSums]: PeriodSums[Column] }>(client, text, parameters.values);
}

/**
 * The query of sumPeriods: UNION ALL of rollups, deltas and rows at the edges, summed by period and key. If the share
 * changes within the periods, they are cut there too, and each piece has its share.
 */
export function sumsQuery(
  { filter, periods = [rangeOf(filter)], shares, by, most }: SumsRequest,
  parameters: SqlParameters,
): string {
  const { pieces, period, factor } = sharedPieces(periods, shares, parameters);
  const isOneRange = periods.length === 1 && pieces.length > 1;
  const parts = partsOf({ filter, periods: pieces, by, isOneRange }, parameters);
  const sums = Object.entries(SUMMED_FIGURES).map(
    ([name, column]) => `trim_scale(sum(${column})) AS "${name}"`,
  );
  return `
    SELECT ${period('part.period')} AS period, nullif(key, '${PLATFORM}') AS key, sum(deployments) AS deployments,
           ${sums.join(', ')}, trim_scale(sum(shared_gross * ${factor('part.period')})) AS revenue
      FROM (${parts.join(' UNION ALL ')}) AS part
     GROUP BY 1, part.key
    HAVING sum(deployments) <> 0
     ORDER BY 1, part.key ${most === undefined ? '' : `LIMIT ${parameters.add(most)}`}`;
}

/**
 * The parts of a sum. If the filter excludes modules, the rollups of these modules are subtracted from those of
 * partners or owners. The cost then depends on the excluded modules, not on the number of all modules.
 */
function partsOf(request: Addition, parameters: SqlParameters): string[] {
  const { filter, by } = request;
  if (filter.userIds.length > 0) return [userSums(request, parameters)];
  const { exceptModuleIds } = filter;
  const scope = scopeOf(filter, by);
  if (exceptModuleIds.length === 0 || scope === 'module') return addends(scope, request, parameters);
  const whole = { ...request, filter: { ...filter, exceptModuleIds: [] } };
  const leftOut = { ...request, filter: { ...whole.filter, moduleIds: exceptModuleIds } };
  return [...addends(scope, whole, parameters), ...addends('module', leftOut, parameters).map(negated)];
}

function addends(
  scope: Scope,
  { filter, periods, by, isOneRange }: Addition,
  parameters: SqlParameters,
): string[] {
  const segments = periods.flatMap((interval, period) =>
    segmentsOf(interval, LEVELS[scope]).map((segment) => ({ ...segment, period })),
  );
  const rolled = segments.filter(({ level }) => level !== null);
  const cut = segments.filter(({ level }) => level === null);
  return [
    isOneRange
      ? sumsOfScans(scope, filter, by, rolled, parameters)
      : keptSums(scope, filter, by, rolled, parameters),
    deltaSums(filter, by, rolled, parameters),
    ...(cut.length === 0 ? [] : [rowSums(filter, by, cut, parameters)]),
  ];
}

/** Sums of customers, of whom there are no rollups: each row is put into its period while it is read. */
function userSums({ filter, periods, by }: Addition, parameters: SqlParameters): string {
  const { ranges, condition } = rowSources(filter, parameters);
  const bounds = periods.flatMap(({ from, to }) => [lowerBound(from), upperBound(to)]);
  const numbers = periods.map((_, index) => index);
  const { isWithin, period } = spanOf('revenue.deployed_at', [numbers, bounds], parameters);
  return `
    SELECT ${period} AS period, ${keyOf(by, ROW_COLUMNS)} AS key, 1 AS deployments, ${FIGURE_COLUMNS.join(', ')}
      FROM ${ranges} CROSS JOIN LATERAL (
        SELECT * FROM deployment_revenue AS revenue WHERE ${condition}) AS revenue
     WHERE ${isWithin}`;
}

const ROW_COLUMNS: KeyColumns = {
  moduleId: 'revenue.module_id',
  partnerId: 'revenue.partner_id',
  userId: 'revenue.user_id',
};

function negated(part: string): string {
  const figures = ['deployments', ...FIGURE_COLUMNS];
  return `
    SELECT period, key, ${figures.map((column) => `- ${column}`).join(', ')}
      FROM (${part}) AS left_out (period, key, ${figures.join(', ')})`;
}

/** A module never changes its partner, so modules can be selected by partner before anything is summed. */
function scopeOf(filter: RevenueFilter, by: SumKey | undefined): Scope {
  if (filter.moduleIds.length > 0 || by === 'module') return 'module';
  return filter.partnerIds.length > 0 || by === 'partner' ? 'partner' : 'owner';
}

/** Sums within a LATERAL, one row per range, so that the plan reads each range separately. */
const RANGE_SUMS = ['deployments', ...FIGURE_COLUMNS]
  .map((column) => `sum(${column}) AS ${column}`)
  .join(', ');
const SUM_COLUMNS = ['deployments', ...FIGURE_COLUMNS].join(', ');

function keptSums(
  scope: Scope,
  filter: RevenueFilter,
  by: SumKey | undefined,
  segments: readonly NumberedSegment[],
  parameters: SqlParameters,
): string {
  return `
    SELECT segment.period, target.key, kept.*
      FROM (${targetsOf(scope, filter, by, parameters)}) AS target (id, key)
     CROSS JOIN ${segmentRows(segments, parameters)} AS segment (period, starts_from, starts_before, level)
     CROSS JOIN ${wantedOf(filter, parameters)} AS wanted (generating)
     CROSS JOIN LATERAL (
       SELECT ${RANGE_SUMS} FROM revenue_rollups AS rollup
        WHERE rollup.scope = '${scope}' AND rollup.scope_id = target.id AND rollup.level = segment.level
          AND rollup.generating = wanted.generating
          AND rollup.starts_at >= segment.starts_from AND rollup.starts_at < segment.starts_before) AS kept`;
}

/** The same for the pieces of one range: neighbouring rollups are read at once, and each is added to its piece. */
function sumsOfScans(
  scope: Scope,
  filter: RevenueFilter,
  by: SumKey | undefined,
  segments: readonly NumberedSegment[],
  parameters: SqlParameters,
): string {
  const place = 'width_bucket(rollup.starts_at, scan.bounds)';
  return `
    SELECT kept.period, target.key, ${SUM_COLUMNS}
      FROM (${targetsOf(scope, filter, by, parameters)}) AS target (id, key)
     CROSS JOIN ${scanRows(segments, parameters)} AS scan (starts_from, starts_before, level, bounds, periods)
     CROSS JOIN ${wantedOf(filter, parameters)} AS wanted (generating)
     CROSS JOIN LATERAL (
       SELECT scan.periods[(${place} + 1) / 2] AS period, ${RANGE_SUMS} FROM revenue_rollups AS rollup
        WHERE rollup.scope = '${scope}' AND rollup.scope_id = target.id AND rollup.level = scan.level
          AND rollup.generating = wanted.generating
          AND rollup.starts_at >= scan.starts_from AND rollup.starts_at < scan.starts_before AND ${place} % 2 = 1
        GROUP BY 1) AS kept`;
}

/** The ids of a scope that a filter includes, each with the key of its sums. */
function targetsOf(
  scope: Scope,
  filter: RevenueFilter,
  by: SumKey | undefined,
  parameters: SqlParameters,
): string {
  if (scope === 'owner')
    return `SELECT owner.id, '' FROM ${parameters.rows(
      ['text'],
      ownersOf(filter).map((owner) => [owner]),
    )} AS owner (id)`;
  if (scope === 'partner' && filter.partnerIds.length > 0) {
    return `SELECT partner.id, ${by === undefined ? `''` : 'partner.id'} FROM ${namedPartners(filter, parameters)} AS partner (id)`;
  }
  const columns = { moduleId: 'module.id', partnerId: 'module.partner_id' };
  const conditions = where(moduleConditions(filter, columns, parameters));
  const partner = `coalesce(module.partner_id, '${PLATFORM}')`;
  if (scope === 'partner')
    return `SELECT DISTINCT ${partner}, ${partner} FROM modules AS module ${conditions}`;
  return `SELECT module.id, ${keyOf(by, columns)} FROM modules AS module ${conditions}`;
}

/** Sums of the deltas that the worker has not moved yet; there are few enough to read them all. */
function deltaSums(
  filter: RevenueFilter,
  by: SumKey | undefined,
  segments: readonly NumberedSegment[],
  parameters: SqlParameters,
): string {
  const columns = { moduleId: 'delta.module_id', partnerId: 'delta.partner_id' };
  const { isWithin, period } = spanOf('delta.quarter', rolledSpans(segments), parameters);
  const conditions = [
    ...moduleConditions(filter, columns, parameters),
    ...(filter.includeFree ? [] : ['delta.generating']),
    isWithin,
  ];
  return `
    SELECT ${period}, ${keyOf(by, columns)}, ${SUM_COLUMNS}
      FROM revenue_deltas AS delta ${where(conditions)}`;
}

/** SQL that finds the span with an instant. The bounds are pairs in the order of time, so odd buckets are spans. */
function spanOf(
  instant: string,
  [periods, bounds]: readonly [periods: readonly number[], bounds: readonly string[]],
  parameters: SqlParameters,
): { readonly isWithin: string; readonly period: string } {
  const place = `width_bucket(${instant}, ${parameters.add(bounds)}::timestamptz[])`;
  return {
    isWithin: `${place} % 2 = 1`,
    period: `(${parameters.add(periods)}::int[])[(${place} + 1) / 2]`,
  };
}

/** The part of each period that is read from rollups, as one span; rows are read only before and after it. */
function rolledSpans(segments: readonly NumberedSegment[]): [periods: number[], bounds: string[]] {
  const periods: number[] = [];
  const bounds: string[] = [];
  for (const { period, from, to } of segments) {
    if (periods.at(-1) === period) {
      bounds[bounds.length - 1] = upperBound(to);
    } else {
      periods.push(period);
      bounds.push(lowerBound(from), upperBound(to));
    }
  }
  return [periods, bounds];
}

function rowSums(
  filter: RevenueFilter,
  by: SumKey | undefined,
  segments: readonly NumberedSegment[],
  parameters: SqlParameters,
): string {
  const { ranges, condition } = rowSources(filter, parameters);
  const key = keyOf(by, ROW_COLUMNS);
  const figures = [
    'count(*) AS deployments',
    ...FIGURE_COLUMNS.map((column) => `sum(${column}) AS ${column}`),
  ];
  return `
    SELECT cut.period, rows.*
      FROM ${segmentRows(segments, parameters)} AS cut (period, starts_from, starts_before, level)
     CROSS JOIN ${ranges}
     CROSS JOIN LATERAL (
       SELECT ${key} AS key, ${figures.join(', ')} FROM deployment_revenue AS revenue
        WHERE ${condition} AND revenue.deployed_at >= cut.starts_from AND revenue.deployed_at < cut.starts_before
        GROUP BY 1) AS rows`;
}

/** The columns of a relation by which sums can be. */
interface KeyColumns {
  readonly moduleId: string;
  readonly partnerId: string;
  /** Absent in rollups and deltas, which are not by user. */
  readonly userId?: string;
}

function keyOf(by: SumKey | undefined, { moduleId, partnerId, userId }: KeyColumns): string {
  switch (by) {
    case undefined:
      return `'${PLATFORM}'`;
    case 'module':
      return moduleId;
    case 'partner':
      return `coalesce(${partnerId}, '${PLATFORM}')`;
    case 'user':
      if (userId === undefined) throw new Error('Only rows of deployments can be summed by user.');
      return userId;
  }
}
