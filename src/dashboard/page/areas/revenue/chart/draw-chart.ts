/** Draws stacked bars with uPlot. Only the drawing uses floats: all figures come from the exact values. */

import uPlot from 'uplot';
import { plotted } from '../../../exact/decimal.js';
import { periodName } from '../../../exact/time.js';
import { locale } from '../../../preferences/preferences.js';
import type { ChartData } from './chart-data.js';

const NARROW_PX = 480;
const LABEL_PX = 72;
/** The width of a bar as a part of its space, and its maximum. */
const BAR_PART = 0.72;
const WIDEST_BAR_PX = 44;
/** The same of the bars of the period before. */
const GHOST_PART = 0.94;
const WIDEST_GHOST_PX = 58;
/** A position without a bar. */
const NOWHERE_PX = -10;

export interface ChartOptions {
  readonly chart: ChartData;
  /** The whole bars of the period before; null: not shown. */
  readonly before: readonly string[] | null;
  readonly currency: string;
  readonly home: HTMLElement;
  /** Its swatches have the colours of the series in the colour scheme that is shown. */
  readonly legend: HTMLElement;
  /** Its text and its border have the tones of labels and lines. */
  readonly tones: HTMLElement;
  /** Called with the index of the bar at the pointer; null: none. */
  readonly onPlace: (place: number | null) => void;
}

export interface ChartDrawing {
  /** Moves the pointer's line to a bar, as the keys do; null: nowhere. */
  readonly point: (place: number | null) => void;
  /** Where a bar is, in pixels from the left. */
  readonly xOf: (place: number) => number;
  readonly close: () => void;
}

export function drawChart(options: ChartOptions): ChartDrawing {
  const { home } = options;
  const { data, series } = stack(options);
  const plot = new uPlot({ ...frame(options), series: [{}, ...series] }, data, home);
  const redraw = (): void => plot.redraw();
  const looks = [
    matchMedia('(prefers-color-scheme: dark)'),
    matchMedia('print'),
    matchMedia('(forced-colors: active)'),
  ];
  for (const look of looks) look.addEventListener('change', redraw);
  const themes = new MutationObserver(redraw);
  themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  const resizing = new ResizeObserver(() => {
    const { clientWidth: width, clientHeight: height } = home;
    if (width > 0) plot.setSize({ width, height });
  });
  resizing.observe(home);
  return {
    point(place) {
      const left = place === null ? NOWHERE_PX : plot.valToPos(place, 'x');
      plot.setCursor({ left, top: place === null ? NOWHERE_PX : 0 });
    },
    xOf: (place) => plot.valToPos(place, 'x') + plot.over.offsetLeft,
    close() {
      resizing.disconnect();
      themes.disconnect();
      for (const look of looks) look.removeEventListener('change', redraw);
      plot.destroy();
    },
  };
}

/** Everything but the series. */
function frame({ chart, currency, home, tones, onPlace }: ChartOptions): Omit<uPlot.Options, 'series'> {
  const count = chart.periods.length;
  const compact = new Intl.NumberFormat(locale.value, {
    style: 'currency',
    currency,
    notation: 'compact',
    currencyDisplay: 'narrowSymbol',
  });
  const ink = (): string => getComputedStyle(tones).color;
  const axis = { stroke: ink, font: '12px system-ui, sans-serif', ticks: { show: false } };
  return {
    width: home.clientWidth,
    height: home.clientHeight,
    legend: { show: false },
    padding: [8, 6, 0, 0],
    cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
    scales: {
      x: { time: false, range: () => [-0.5, count - 0.5] },
      y: { range: (_plot, _low, high) => [0, high > 0 ? high * 1.06 : 1] },
    },
    axes: [
      {
        ...axis,
        size: 30,
        grid: { show: false },
        splits: (plot) => places(count, plot.width),
        values: (_plot, splits) => splits.map((place) => periodName(chart.periods[place] ?? '', 'short')),
      },
      {
        ...axis,
        size: home.clientWidth < NARROW_PX ? 52 : 64,
        grid: { stroke: () => getComputedStyle(tones).borderTopColor, width: 1 },
        values: (_plot, splits) => splits.map((value) => compact.format(value)),
      },
    ],
    hooks: { setCursor: [(plot) => onPlace(plot.cursor.idx ?? null)] },
  };
}

/**
 * Each series is drawn from the axis to its upper end in the stack, the highest first, so that lower ones cover it. The
 * period before is a pale, wider bar behind them.
 */
function stack({ chart, before, legend }: ChartOptions): { data: uPlot.AlignedData; series: uPlot.Series[] } {
  const { periods, series } = chart;
  const heights = periods.map(() => 0);
  const tops = series.map(({ values }) =>
    values.map((value, place) => (heights[place] = (heights[place] ?? 0) + plotted(value))),
  );
  const stacked = series.map((_, index) => index).reverse();
  const ghost =
    before && periods.map((_, place) => (before[place] === undefined ? null : plotted(before[place])));
  return {
    data: [
      periods.map((_, place) => place),
      ...(ghost ? [ghost] : []),
      ...stacked.map((index) => tops[index] ?? []),
    ],
    series: [
      ...(ghost ? [barsOf(GHOST_PART, WIDEST_GHOST_PX, legend, series.length)] : []),
      ...stacked.map((index) => barsOf(BAR_PART, WIDEST_BAR_PX, legend, index)),
    ],
  };
}

/** @param swatch in the legend, which has the colour */
function barsOf(part: number, widest: number, legend: HTMLElement, swatch: number): uPlot.Series {
  const paths = uPlot.paths.bars?.({ size: [part, widest], align: 0 });
  return {
    ...(paths ? { paths } : {}),
    fill: () => swatchColour(legend, swatch),
    width: 0,
    points: { show: false },
  };
}

/** The colour in the colour scheme that is shown. */
function swatchColour(legend: HTMLElement, series: number): string {
  const swatch = legend.querySelectorAll('.swatch')[series];
  return swatch === undefined ? 'gray' : getComputedStyle(swatch).backgroundColor;
}

/** The indexes with room for a label. */
function places(count: number, width: number): number[] {
  const step = Math.max(1, Math.ceil((count * LABEL_PX) / Math.max(width, 1)));
  return Array.from({ length: Math.ceil(count / step) }, (_, index) => index * step);
}
