/** The caller's own credits. */

import { get } from '../api/client.js';
import { h, put } from '../dom/element.js';
import { latest } from '../dom/latest.js';
import { problemPanel } from '../dom/problem-panel.js';
import { balanceFigures, lotsTable } from './balance-content.js';
import { historyList, readCreditHistory } from './history-list.js';

/** @typedef {import('./balance-content.js').Balance} Balance */

/**
 * @param {import('../session/rights.js').Rights} rights
 * @returns {{ element: HTMLElement, close: () => void }}
 */
export function creditsView({ id }) {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const body = h('div', { class: 'parts' }, h('div', { class: 'ghost tall' }));
  const element = h(
    'div',
    { class: 'view' },
    h(
      'div',
      { class: 'view-head' },
      h('h1', {}, 'Your credits'),
      h('p', { class: 'subtitle' }, `Times in ${timeZone}`),
    ),
    body,
  );
  const loading = latest(element);

  function load() {
    void loading.load(
      (signal) =>
        Promise.all([
          /** @type {Promise<Balance>} */ (get('credits/balance', { signal })),
          readCreditHistory({ userId: null }, null, signal),
        ]),
      ([balance, history]) =>
        put(
          body,
          h(
            'section',
            { class: 'card' },
            h('div', { class: 'card-head' }, h('h2', {}, 'Balance')),
            balanceFigures(balance),
            lotsTable(balance, { currency: null, timeZone }),
          ),
          h(
            'section',
            { class: 'card' },
            h('div', { class: 'card-head' }, h('h2', {}, 'History')),
            historyList(history, null, timeZone),
          ),
        ),
      (error) => put(body, problemPanel(error, load, h('span', { class: 'hint' }, `Signed in as ${id}`))),
    );
  }
  load();
  return { element, close: () => loading.stop() };
}
