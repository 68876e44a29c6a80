/**
 * The data of the chart: periods, and for each period the parts of its stacked bar, as exact decimals of the service.
 */

import { readSummary } from '../../api/revenue.js';
import { difference, sum, units } from '../../exact/decimal.js';
import { seesEverybody } from '../../session/rights.js';
import { groupLabel } from '../groups.js';
import { largestFirst } from '../shares.js';

/** @typedef {import('../../api/revenue.js').Group} Group */
/** @typedef {import('../../session/rights.js').Rights} Rights */
/** @typedef {import('../question.js').Question} Question */
/** @typedef {'revenue' | 'grossRevenue' | 'platformRevenue'} Field */

/**
 * @typedef {object} Series
 * @property {string} label
 * @property {readonly string[]} values one per period
 * @property {true} [isRest] the sum of all without a colour of their own
 */
/**
 * @typedef {object} ChartData
 * @property {readonly string[]} periods their keys
 * @property {readonly Series[]} series stacked upwards from the first
 * @property {string} measure name of the values
 */

/** Number of modules or partners with a colour of their own; the others are one part. */
const MOST_SERIES = 5;
/** Up to this number of subjects, the page requests all without naming them. */
const FEW = 12;

/**
 * @param {Question} question
 * @param {Rights} rights
 * @param {AbortSignal} signal
 * @returns {Promise<ChartData>}
 */
export async function readChart(question, rights, signal) {
  const { split } = question.address;
  if (split === 'total' || (split === 'partner' && !seesEverybody(rights))) {
    return totalChart(await readSummary(question.filter, question.unit, signal), rights);
  }
  return splitChart(question, split, rights, signal);
}

/**
 * @param {{ data: Group[] }} summary
 * @param {Rights} rights
 * @returns {ChartData}
 */
function totalChart({ data }, rights) {
  const values = (/** @type {Field} */ field) => data.map((group) => group[field] ?? '0');
  const periods = data.map(({ key }) => String(key));
  if (!seesEverybody(rights)) {
    return {
      periods,
      measure: 'Your revenue',
      series: [{ label: 'Your revenue', values: values('revenue') }],
    };
  }
  const series = [
    { label: 'Partners’ revenue', values: values('revenue') },
    { label: 'Platform keeps', values: values('platformRevenue') },
  ];
  return { periods, measure: 'Gross revenue', series };
}

/**
 * @param {Question} question
 * @param {'module' | 'partner'} split
 * @param {Rights} rights
 * @param {AbortSignal} signal
 * @returns {Promise<ChartData>}
 */
async function splitChart({ filter, unit }, split, rights, signal) {
  const field = seesEverybody(rights) ? 'grossRevenue' : 'revenue';
  const measure = seesEverybody(rights) ? 'Gross revenue' : 'Your revenue';
  const [whole, groups] = await Promise.all([
    readSummary(filter, unit, signal),
    readSummary(filter, split, signal),
  ]);
  const largest = largestFirst(groups.data, field).slice(0, MOST_SERIES);
  const ids = largest.flatMap(({ key }) => key ?? []);
  const areFew = groups.data.length <= FEW;
  const named = areFew ? {} : { [`${split}Id`]: ids };
  const { data } = await readSummary({ ...filter, ...named }, `${unit},${split}`, signal);
  const shown = largest.filter(({ key }) => areFew || key !== null); // The platform has no id to filter by.
  const places = new Map(data.map((group) => [`${group.key} ${subjectOf(group, split)}`, group[field]]));
  const periods = whole.data.map(({ key }) => String(key));
  const series = shown.map((group) => ({
    label: groupLabel(group),
    values: periods.map((period) => places.get(`${period} ${group.key}`) ?? '0'),
  }));
  const totals = whole.data.map((group) => group[field]);
  return {
    periods,
    measure,
    series: [...series, ...others(series, totals, groups.data.length - shown.length)],
  };
}

/**
 * @param {Group} group
 * @param {'module' | 'partner'} split
 * @returns {string | null | undefined}
 */
function subjectOf(group, split) {
  return split === 'module' ? group.moduleId : group.partnerId;
}

/**
 * The remainder of the totals, exactly.
 *
 * @param {readonly Series[]} series
 * @param {readonly string[]} totals
 * @param {number} howMany
 * @returns {Series[]}
 */
function others(series, totals, howMany) {
  if (howMany === 0) return [];
  const values = totals.map((total, place) =>
    difference(total, sum(series.map((one) => one.values[place] ?? '0'))),
  );
  return [{ label: howMany === 1 ? '1 other' : `${howMany} others`, values, isRest: true }];
}

/**
 * @param {ChartData} chart
 * @param {number} place
 * @returns {string} the exact height of a bar
 */
export function totalAt({ series }, place) {
  return sum(series.map(({ values }) => values[place] ?? '0'));
}

/**
 * @param {ChartData} chart
 * @returns {number} the index of the highest bar
 */
export function highestPlace(chart) {
  const totals = chart.periods.map((_, place) => units(totalAt(chart, place)));
  return totals.reduce(
    (best, total, place) => (total > /** @type {bigint} */ (totals[best]) ? place : best),
    0,
  );
}
