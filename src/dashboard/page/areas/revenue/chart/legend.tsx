/** The legend: the names of the chart's parts with their colours. The drawing reads its colours from here. */

import type { JSX, RefObject } from 'preact';
import type { BeforeValues } from './before.js';
import { colourClass, type ChartData } from './chart-data.js';
import { t } from '../texts.js';

export interface LegendProps {
  readonly chart: ChartData;
  readonly before: BeforeValues | null;
  readonly listRef: RefObject<HTMLUListElement | null>;
}

export function Legend({ chart, before, listRef }: LegendProps): JSX.Element {
  return (
    <ul class="legend" ref={listRef}>
      {chart.series.map((series, index) => (
        <li key={index}>
          <i class={`swatch ${colourClass(series, index)}`} />
          <bdi dir="auto" class="clip" title={series.label}>
            {series.label}
          </bdi>
        </li>
      ))}
      {before !== null && (
        <li>
          <i class="swatch series-before" />
          <span title={before.days}>{t('periodBefore')}</span>
        </li>
      )}
    </ul>
  );
}
