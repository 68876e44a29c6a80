/** Draws stacked bars with uPlot. Only the drawing uses floats: all figures come from the exact values. */

import { plotted } from '../../exact/decimal.js';
import { periodName } from '../../exact/time.js';

/** @typedef {import('./chart-data.js').ChartData} ChartData */

const NARROW_PX = 480;
const LABEL_PX = 72;
/** The width of a bar as a part of its space, and its maximum. */
const BAR_PART = 0.72;
const WIDEST_BAR_PX = 44;

/**
 * @param {HTMLElement} canvasHome
 * @param {ChartData} chart
 * @param {object} options
 * @param {string} options.currency
 * @param {(series: number) => string} options.color current colour of a series
 * @param {(name: 'ink' | 'grid') => string} options.tone
 * @param {(place: number | null) => void} options.onPlace index of the bar at the pointer
 * @returns {import('uplot')}
 */
export function drawChart(canvasHome, chart, { currency, color, tone, onPlace }) {
  const { data, stacked } = stack(chart);
  const count = chart.periods.length;
  const compact = new Intl.NumberFormat(undefined, {
    style: 'currency',
    currency,
    notation: 'compact',
    currencyDisplay: 'narrowSymbol',
  });
  const Plot = /** @type {{ uPlot: typeof import('uplot') }} */ (/** @type {unknown} */ (globalThis)).uPlot;
  const bars = Plot.paths.bars?.({ size: [BAR_PART, WIDEST_BAR_PX], align: 0 });
  return new Plot(
    {
      width: canvasHome.clientWidth,
      height: canvasHome.clientHeight,
      legend: { show: false },
      padding: [8, 6, 0, 0],
      cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
      scales: {
        x: { time: false, range: () => [-0.5, count - 0.5] },
        y: { range: (_plot, _low, high) => [0, high > 0 ? high * 1.06 : 1] },
      },
      axes: [
        {
          stroke: () => tone('ink'),
          font: '12px system-ui, sans-serif',
          size: 30,
          grid: { show: false },
          ticks: { show: false },
          splits: (plot) => places(count, plot.width),
          values: (_plot, splits) => splits.map((place) => periodName(chart.periods[place] ?? '', 'short')),
        },
        {
          stroke: () => tone('ink'),
          font: '12px system-ui, sans-serif',
          size: canvasHome.clientWidth < NARROW_PX ? 52 : 64,
          grid: { stroke: () => tone('grid'), width: 1 },
          ticks: { show: false },
          values: (_plot, splits) => splits.map((value) => compact.format(value)),
        },
      ],
      series: [
        {},
        ...stacked.map((series) => ({
          ...(bars ? { paths: bars } : {}),
          fill: () => color(series),
          width: 0,
          points: { show: false },
        })),
      ],
      hooks: { setCursor: [(plot) => onPlace(plot.cursor.idx ?? null)] },
    },
    data,
    canvasHome,
  );
}

/**
 * Each series is drawn from the axis to its upper end in the stack, the highest first, so that lower ones cover it.
 *
 * @param {ChartData} chart
 * @returns {{ data: import('uplot').AlignedData, stacked: number[] }}
 */
function stack({ periods, series }) {
  const heights = periods.map(() => 0);
  const tops = series.map(({ values }) =>
    values.map((value, place) => (heights[place] = (heights[place] ?? 0) + plotted(value))),
  );
  const stacked = series.map((_, index) => index).reverse();
  return {
    data: [
      periods.map((_, place) => place),
      ...stacked.map((index) => /** @type {number[]} */ (tops[index])),
    ],
    stacked,
  };
}

/**
 * @param {number} count
 * @param {number} width
 * @returns {number[]} the indexes with room for a label
 */
function places(count, width) {
  const step = Math.max(1, Math.ceil((count * LABEL_PX) / Math.max(width, 1)));
  return Array.from({ length: Math.ceil(count / step) }, (_, index) => index * step);
}
