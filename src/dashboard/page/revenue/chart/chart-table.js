/** The chart's figures as a table. */

import { alignAmounts, amount } from '../../dom/amount.js';
import { h, name } from '../../dom/element.js';
import { periodName } from '../../exact/time.js';
import { totalAt } from './chart-data.js';

/**
 * @param {import('./chart-data.js').ChartData} chart
 * @param {string} currency
 * @returns {HTMLElement}
 */
export function chartTable(chart, currency) {
  const { periods, series, measure } = chart;
  const hasTotal = series.length > 1;
  const heads = ['Period', ...series.map(({ label }) => label), ...(hasTotal ? [measure] : [])];
  const row = (/** @type {string} */ period, /** @type {number} */ place) => {
    const values = series.map(({ values }) => values[place] ?? '0');
    return h(
      'tr',
      {},
      h('th', { scope: 'row' }, periodName(period, 'long')),
      ...[...values, ...(hasTotal ? [totalAt(chart, place)] : [])].map((value) =>
        h('td', { class: 'num' }, amount(value, currency)),
      ),
    );
  };
  const table = h(
    'table',
    { class: 'plain' },
    h('caption', { class: 'sr' }, `${measure} over time`),
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        ...heads.map((head, index) =>
          h(
            'th',
            { scope: 'col', class: index > 0 && 'num' },
            name(head, { class: 'two-lines', title: head }),
          ),
        ),
      ),
    ),
    h('tbody', {}, ...periods.map(row)),
  );
  alignAmounts(table);
  return h(
    'div',
    { class: 'scroll', role: 'region', tabindex: 0, 'aria-label': `${measure} over time, as a table` },
    table,
  );
}
