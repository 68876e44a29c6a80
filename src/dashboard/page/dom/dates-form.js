/** A form for two days; either can be left open. */

import { h, put } from './element.js';

/** @typedef {import('../exact/time.js').Day} Day */

/**
 * @param {object} options
 * @param {Day | null} options.first
 * @param {Day | null} options.last
 * @param {(first: Day | null, last: Day | null) => void} options.onChoose null: open
 * @returns {HTMLFormElement}
 */
export function datesForm({ first, last, onChoose }) {
  const from = h('input', { type: 'date', name: 'startDate', value: first ?? '' });
  const to = h('input', { type: 'date', name: 'endDate', value: last ?? '' });
  const error = h('p', { class: 'form-error', role: 'alert' });
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    if (from.value !== '' && to.value !== '' && from.value > to.value) {
      put(error, 'The first day is after the last one.');
      from.focus();
      return;
    }
    put(error);
    onChoose(from.value || null, to.value || null);
  };
  return h(
    'form',
    { class: 'dates', onsubmit: submit },
    h('label', { class: 'field' }, h('span', {}, 'First day'), from),
    h('label', { class: 'field' }, h('span', {}, 'Last day'), to),
    h('button', { class: 'button' }, 'Show these days'),
    error,
  );
}
