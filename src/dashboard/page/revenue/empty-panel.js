/** Shown if the range is empty: when the last revenue was, and a button that shows it. */

import { go } from '../address/location.js';
import { readReport } from '../api/revenue.js';
import { h, icon, put } from '../dom/element.js';
import { addDays, dayName, today } from '../exact/time.js';

/** Number of days that the button shows. */
const DAYS_SHOWN = 30;

/**
 * @param {import('./question.js').Question} question
 * @returns {HTMLElement}
 */
export function emptyPanel(question) {
  const what = question.address.includeFree ? 'deployment' : 'revenue';
  const advice = h('p', {}, 'Looking for the last one …');
  const actions = h('p', { class: 'actions' });
  const element = h(
    'section',
    { class: 'problem empty' },
    icon('calendar'),
    h('h2', {}, `No ${what} in this range`),
    advice,
    actions,
  );
  const query = { ...question.filter, startDate: null, endDate: null, sort: 'createdAt', order: 'desc' };
  readReport(query, null).then(
    ({ data: [last] }) => {
      put(advice, last === undefined ? neverText(question) : lastText(last.createdAt, question));
      put(actions, last !== undefined && lastButton(last.createdAt, question), freeButton(question));
    },
    () => put(advice, 'Choose another range.'),
  );
  return element;
}

/**
 * @param {string} instant
 * @param {import('./question.js').Question} question
 */
function lastText(instant, { timeZone, address }) {
  const day = dayName(today(timeZone, new Date(instant)));
  return `The last ${address.includeFree ? 'deployment' : 'revenue'} with this filter was on ${day}.`;
}

/** @param {import('./question.js').Question} question */
function neverText({ address }) {
  return address.includeFree
    ? 'Nothing was deployed with this filter so far.'
    : 'No purchased credits were spent with this filter so far; free credits earn nothing.';
}

/**
 * @param {string} instant
 * @param {import('./question.js').Question} question
 */
function lastButton(instant, { timeZone }) {
  const last = today(timeZone, new Date(instant));
  const show = () => go({ range: null, startDate: addDays(last, 1 - DAYS_SHOWN), endDate: last });
  return h(
    'button',
    { type: 'button', class: 'button primary', onclick: show },
    `Show the ${DAYS_SHOWN} days up to then`,
  );
}

/** @param {import('./question.js').Question} question */
function freeButton({ address }) {
  return (
    !address.includeFree &&
    h(
      'button',
      { type: 'button', class: 'button', onclick: () => go({ includeFree: true }) },
      'Include deployments without revenue',
    )
  );
}
