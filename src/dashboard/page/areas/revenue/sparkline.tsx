import type { JSX } from 'preact';
import { plotted } from '../../exact/decimal.js';

const WIDTH = 240;
const HEIGHT = 44;
/** Half the width of the line, so that nothing is cut off. */
const EDGE = 2;

/** The course of a figure over the range, as a small line; the chart below has its figures. */
export function Sparkline({ values }: { readonly values: readonly string[] }): JSX.Element | null {
  if (values.length < 2) return null;
  const heights = values.map(plotted);
  const highest = Math.max(...heights, 0) || 1;
  const points = heights.map((height, place) => {
    const x = EDGE + (place / (heights.length - 1)) * (WIDTH - 2 * EDGE);
    const y = HEIGHT - EDGE - (Math.max(height, 0) / highest) * (HEIGHT - 2 * EDGE);
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  });
  const line = `M${points.join('L')}`;
  return (
    <svg class="sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <path class="sparkline-area" d={`${line}L${WIDTH - EDGE} ${HEIGHT}L${EDGE} ${HEIGHT}Z`} />
      <path class="sparkline-line" d={line} />
    </svg>
  );
}
