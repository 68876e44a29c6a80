/** The exact figures of a bar, to look at and for screen readers. */

import type { JSX } from 'preact';
import { money } from '../../../exact/format.js';
import { periodName } from '../../../exact/time.js';
import { Money } from '../../../ui/figures.js';
import type { BeforeValues } from './before.js';
import { colourClass, measureOf, totalAt, type ChartData } from './chart-data.js';
import { t } from '../texts.js';

/** More than half of the widest bar. */
const GAP_PX = 30;

/** A bar in words. */
export function spoken(
  chart: ChartData,
  before: BeforeValues | null,
  place: number,
  currency: string,
): string {
  const period = periodName(chart.periods[place] ?? '', 'long');
  const parts = chart.series.length < 2 ? [] : chart.series;
  const each = parts.map(({ label, values }) => `${label} ${money(values[place] ?? '0', currency)}`);
  const was = before?.values[place];
  const compared = was === undefined ? [] : [`${t('periodBefore')} ${money(was, currency)}`];
  return [`${period}: ${money(totalAt(chart, place), currency)}`, ...each, ...compared].join(', ');
}

export interface ReadoutProps {
  readonly chart: ChartData;
  readonly before: BeforeValues | null;
  readonly place: number;
  readonly currency: string;
}

/** The parts in the order in which they are stacked, and their sum. */
export function Readout({ chart, before, place, currency }: ReadoutProps): JSX.Element {
  const rows = chart.series.map((series, index) => (
    <p key={index}>
      <i class={`dot ${colourClass(series, index)}`} />
      <bdi dir="auto" class="clip">
        {series.label}
      </bdi>
      <Money amount={series.values[place] ?? '0'} currency={currency} />
    </p>
  ));
  const was = before?.values[place];
  return (
    <>
      <p class="readout-title">{periodName(chart.periods[place] ?? '', 'long')}</p>
      {rows.reverse()}
      {chart.series.length > 1 && (
        <p class="whole">
          <i />
          <span>{measureOf(chart)}</span>
          <Money amount={totalAt(chart, place)} currency={currency} />
        </p>
      )}
      {was !== undefined && (
        <p class="was-before">
          <i class="dot series-before" />
          <span>{t('periodBefore')}</span>
          <Money amount={was} currency={currency} />
        </p>
      )}
    </>
  );
}

/** @param width of its container */
export function placeBeside(readout: HTMLElement, x: number, width: number): void {
  const own = readout.offsetWidth;
  const right = x + GAP_PX;
  const left = right + own <= width ? right : Math.max(0, x - GAP_PX - own);
  readout.style.setProperty('left', `${left}px`);
}
