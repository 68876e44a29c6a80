/** The legend: the names of the chart's parts with their colours. The drawing reads its colours from here. */

import { h, name } from '../../dom/element.js';

/** @typedef {import('./chart-data.js').ChartData} ChartData */

/**
 * @param {ChartData} chart
 * @returns {HTMLElement}
 */
export function legendOf({ series }) {
  const items = series.map(({ label, isRest }, index) =>
    h(
      'li',
      {},
      h('i', { class: `swatch series-${isRest ? 'others' : index + 1}` }),
      name(label, { class: 'clip' }),
    ),
  );
  return h('ul', { class: 'legend' }, ...items);
}

/**
 * @param {HTMLElement} legend
 * @param {number} series
 * @returns {string} its colour in the current colour scheme
 */
export function swatchColor(legend, series) {
  const swatch = legend.querySelectorAll('.swatch')[series];
  return swatch === undefined ? 'gray' : getComputedStyle(swatch).backgroundColor;
}
