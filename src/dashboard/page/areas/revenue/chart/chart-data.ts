/**
 * The data of the chart: periods, and for each period the parts of its stacked bar, as exact decimals of the service.
 */

import {
  readSummary,
  type Group,
  type GroupBy,
  type RevenueFilter,
  type Summary,
} from '../../../api/revenue.js';
import { difference, sum, units } from '../../../exact/decimal.js';
import { groupLabel, largestFirst } from '../groups.js';
import { t } from '../texts.js';

export interface ChartQuery {
  readonly filter: RevenueFilter;
  readonly unit: 'day' | 'week' | 'month';
  readonly split: 'total' | 'module' | 'partner';
  /** Whether the caller sees the revenue of everybody. */
  readonly isForAll: boolean;
}

export interface Series {
  readonly label: string;
  /** The module or the partner; undefined: another kind of part. */
  readonly key?: string | null;
  /** One per period. */
  readonly values: readonly string[];
  /** The sum of all without a colour of their own. */
  readonly isRest?: true;
}

export interface ChartData {
  /** Their keys. */
  readonly periods: readonly string[];
  /** Stacked upwards from the first. */
  readonly series: readonly Series[];
  /** The field of a summary that a whole bar shows. */
  readonly field: 'revenue' | 'grossRevenue';
  /** The revenue of each period, which is due. */
  readonly revenues: readonly string[];
}

/** Number of modules or partners with a colour of their own; the others are one part. */
const MOST_SERIES = 5;
/** Up to this number of subjects, the page requests all without naming them. */
const FEW = 12;

export async function readChart(query: ChartQuery, signal: AbortSignal): Promise<ChartData> {
  const { filter, unit, split, isForAll } = query;
  if (split !== 'total') return splitChart(query, split, signal);
  return totalChart(await readSummary(filter, unit, signal), isForAll);
}

/** The name of what a whole bar shows. */
export function measureOf({ field }: Pick<ChartData, 'field'>): string {
  return field === 'revenue' ? t('yourRevenue') : t('grossRevenue');
}

function totalChart({ data }: Summary, isForAll: boolean): ChartData {
  const values = (field: 'revenue' | 'platformRevenue'): string[] => data.map((group) => group[field] ?? '0');
  const periods = data.map(({ key }) => String(key));
  const revenues = values('revenue');
  if (!isForAll) {
    return { periods, field: 'revenue', revenues, series: [{ label: t('yourRevenue'), values: revenues }] };
  }
  const series = [
    { label: t('partnersRevenue'), values: revenues },
    { label: t('platformKeeps'), values: values('platformRevenue') },
  ];
  return { periods, field: 'grossRevenue', revenues, series };
}

async function splitChart(
  query: ChartQuery,
  split: 'module' | 'partner',
  signal: AbortSignal,
): Promise<ChartData> {
  const { filter, unit, isForAll } = query;
  const field = isForAll ? 'grossRevenue' : 'revenue';
  const [whole, groups] = await Promise.all([
    readSummary(filter, unit, signal),
    readSummary(filter, split, signal),
  ]);
  // One more than the colours is no "1 other": it has the colour of the others, and its own name.
  const most = groups.data.length === MOST_SERIES + 1 ? MOST_SERIES + 1 : MOST_SERIES;
  const largest = largestFirst(groups.data, field).slice(0, most);
  const ids = largest.flatMap(({ key }) => key ?? []);
  const areFew = groups.data.length <= FEW;
  const named = areFew ? {} : { [`${split}Id`]: ids };
  const { data } = await readSummary({ ...filter, ...named }, `${unit},${split}` as GroupBy, signal);
  const shown = largest.filter(({ key }) => areFew || key !== null); // The platform has no id to filter by.
  const places = new Map(data.map((group) => [`${group.key} ${subjectOf(group, split)}`, group[field]]));
  const periods = whole.data.map(({ key }) => String(key));
  const series = shown.map((group) => ({
    label: groupLabel(group),
    key: group.key,
    values: periods.map((period) => places.get(`${period} ${group.key}`) ?? '0'),
  }));
  const totals = whole.data.map((group) => group[field]);
  return {
    periods,
    field,
    revenues: whole.data.map(({ revenue }) => revenue),
    series: [...series, ...others(series, totals, groups.data.length - shown.length)],
  };
}

function subjectOf(group: Group, split: 'module' | 'partner'): string | null | undefined {
  return split === 'module' ? group.moduleId : group.partnerId;
}

/** The remainder of the totals, exactly. */
function others(series: readonly Series[], totals: readonly string[], count: number): Series[] {
  if (count === 0) return [];
  const values = totals.map((total, place) =>
    difference(total, sum(series.map((one) => one.values[place] ?? '0'))),
  );
  return [{ label: t('others', { count }), values, isRest: true }];
}

/** The exact height of a bar. */
export function totalAt({ series }: ChartData, place: number): string {
  return sum(series.map(({ values }) => values[place] ?? '0'));
}

/** The index of the highest bar. */
export function highestPlace(chart: ChartData): number {
  const totals = chart.periods.map((_, place) => units(totalAt(chart, place)));
  return totals.reduce((best, total, place) => (total > (totals[best] ?? 0n) ? place : best), 0);
}

/** The class with the colour of a part. */
export function colourClass({ isRest }: Series, index: number): string {
  return `series-${isRest || index >= MOST_SERIES ? 'others' : index + 1}`;
}
