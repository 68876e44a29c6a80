/** The chart's figures as CSV: every period with its parts, exactly. */

import { csvText } from '../../../exact/csv.js';
import { measureOf, totalAt, type ChartData, type ChartQuery } from './chart-data.js';
import { t } from '../texts.js';

export function chartCsv(chart: ChartData): string {
  const { periods, series } = chart;
  const hasTotal = series.length > 1;
  const head = [t('period'), ...series.map(({ label }) => label), ...(hasTotal ? [measureOf(chart)] : [])];
  const rows = periods.map((period, place) => [
    period,
    ...series.map(({ values }) => values[place] ?? '0'),
    ...(hasTotal ? [totalAt(chart, place)] : []),
  ]);
  return csvText([head, ...rows]);
}

/** module-revenue_by-module_month_2026-01-01_to_2026-05-31.csv */
export function chartFileName({ filter, unit, split }: ChartQuery): string {
  const { startDate, endDate } = filter;
  const days = [startDate, startDate && endDate && 'to', endDate].filter(Boolean);
  return ['module-revenue', ...(split === 'total' ? [] : [`by-${split}`]), unit, ...days].join('_') + '.csv';
}
