/** The chart's figures as a table. */

import type { JSX } from 'preact';
import { sum } from '../../../exact/decimal.js';
import { periodName } from '../../../exact/time.js';
import { usePlatform } from '../../../session/me.js';
import { Money } from '../../../ui/figures.js';
import { Table, type Column } from '../../../ui/table.js';
import { measureOf, totalAt, type ChartData } from './chart-data.js';
import { t } from '../texts.js';

export function ChartTable({ chart }: { readonly chart: ChartData }): JSX.Element {
  const { currency } = usePlatform();
  const { periods, series } = chart;
  const column = (id: string, head: string, values: readonly string[]): Column<number> => ({
    id,
    head,
    kind: 'number',
    least: 12,
    cell: (place) => <Money amount={values[place] ?? '0'} currency={currency} />,
    total: <Money amount={sum(values)} currency={currency} />,
  });
  const whole = periods.map((_, place) => totalAt(chart, place));
  const columns: Column<number>[] = [
    {
      id: 'period',
      head: t('period'),
      least: 16,
      isRowHead: true,
      cell: (place) => periodName(periods[place] ?? '', 'long'),
    },
    ...series.map(({ label, values }, index) => column(`series${index}`, label, values)),
    ...(series.length > 1 ? [column('whole', measureOf(chart), whole)] : []),
  ];
  return (
    <Table
      caption={t('chartTable', { measure: measureOf(chart) })}
      columns={columns}
      rows={periods.map((_, place) => place)}
      keyOf={String}
      totals={t('total')}
      size="wide"
    />
  );
}
