/** The exact figures of a bar, to look at and for screen readers. */

import { amount } from '../../dom/amount.js';
import { h, name } from '../../dom/element.js';
import { money } from '../../exact/format.js';
import { periodName } from '../../exact/time.js';
import { totalAt } from './chart-data.js';
import { swatchColor } from './legend.js';

/** @typedef {import('./chart-data.js').ChartData} ChartData */

/** More than half of the widest bar. */
const GAP_PX = 30;

/**
 * @param {ChartData} chart
 * @param {number} place
 * @param {string} currency
 * @returns {string} a bar in words
 */
export function spoken(chart, place, currency) {
  const period = periodName(chart.periods[place] ?? '', 'long');
  const parts = chart.series.length < 2 ? [] : chart.series;
  const each = parts.map(({ label, values }) => `${label} ${money(values[place] ?? '0', currency)}`);
  return [`${period}: ${money(totalAt(chart, place), currency)}`, ...each].join(', ');
}

/**
 * @param {ChartData} chart
 * @param {number} place
 * @param {string} currency
 * @param {HTMLElement} legend
 * @returns {HTMLElement[]} the parts in the order in which they are stacked, and their sum
 */
export function readoutOf(chart, place, currency, legend) {
  const rows = chart.series.map(({ label, values }, index) => {
    const dot = h('i', { class: 'dot' });
    dot.style.background = swatchColor(legend, index);
    return h('p', {}, dot, name(label, { class: 'clip' }), amount(values[place] ?? '0', currency));
  });
  const whole = h(
    'p',
    { class: 'whole' },
    h('i'),
    h('span', {}, chart.measure),
    amount(totalAt(chart, place), currency),
  );
  return [
    h('p', { class: 'readout-title' }, periodName(chart.periods[place] ?? '', 'long')),
    ...(chart.series.length > 1 ? [...rows.reverse(), whole] : rows),
  ];
}

/**
 * @param {HTMLElement} readout
 * @param {number} x
 * @param {number} width of its container
 */
export function placeBeside(readout, x, width) {
  const own = readout.offsetWidth;
  const right = x + GAP_PX;
  const left = right + own <= width ? right : Math.max(0, x - GAP_PX - own);
  readout.style.setProperty('left', `${left}px`);
}
