/** Settings: finance can read them; admin can change the partners' share, after a preview of its effect. */

import { readHistory, readShare, readVariables } from '../api/settings.js';
import { h, name, put } from '../dom/element.js';
import { latest } from '../dom/latest.js';
import { share } from '../exact/format.js';
import { instantName } from '../exact/time.js';
import { problemPanel } from '../dom/problem-panel.js';
import { ShareEditor } from './share-editor.js';

/** @typedef {import('../api/settings.js').Variable} Variable */
/** @typedef {import('../api/settings.js').Change} Change */

/** @type {Record<Variable['key'], string>} */
const TITLES = {
  partnerRevenueShare: 'Partners’ share',
  creditsPerUnit: 'Credits per unit of money',
  currency: 'Currency',
  timeZone: 'Time zone',
};

/**
 * @param {import('../session/rights.js').Rights} rights
 * @param {import('../api/revenue.js').Platform} platform
 * @returns {import('../shell/shell.js').View}
 */
export function settingsView(rights, platform) {
  const mayChange = rights.settings === 'change';
  const history = h('div', { class: 'history' });
  const others = h('div', {});
  const editorHome = h('div', {}, h('div', { class: 'ghost tall' }));
  const element = h(
    'div',
    { class: 'view settings' },
    h(
      'div',
      { class: 'view-head' },
      h('h1', {}, 'Settings'),
      h(
        'p',
        { class: 'subtitle' },
        mayChange
          ? 'What you change here applies to every report at once.'
          : 'You can read the settings; only an admin can change them.',
      ),
    ),
    editorHome,
    h(
      'section',
      { class: 'card' },
      h('div', { class: 'card-head' }, h('h2', {}, 'History of the share')),
      history,
    ),
    h('section', { class: 'card' }, h('div', { class: 'card-head' }, h('h2', {}, 'Other settings')), others),
  );
  const loading = latest(element);
  const loadingRest = latest(history);
  /** @type {ShareEditor | null} */
  let editor = null;

  function load() {
    void loading.load(
      (signal) => readShare(signal),
      (tagged) => {
        editor?.close();
        editor = new ShareEditor(tagged, { mayChange, platform, onChange: loadRest });
        put(editorHome, editor.element);
      },
      (error) => put(editorHome, problemPanel(error, load)),
    );
    loadRest();
  }
  function loadRest() {
    void loadingRest.load(
      (signal) => Promise.all([readHistory(signal), readVariables(signal)]),
      ([changes, variables]) => {
        put(history, historyTable(changes.data, platform.timeZone));
        put(others, othersTable(variables.data));
      },
      (error) => put(history, problemPanel(error, loadRest)),
    );
  }
  load();
  return {
    element,
    close() {
      loading.stop();
      loadingRest.stop();
      editor?.close();
    },
  };
}

/**
 * @param {readonly Change[]} changes
 * @param {string} timeZone
 * @returns {HTMLElement}
 */
function historyTable(changes, timeZone) {
  if (changes.length === 0) return h('p', { class: 'hint pad' }, 'Never changed: the default is in force.');
  const rows = changes.map(({ when, who, from, to }) =>
    h(
      'tr',
      {},
      h('td', {}, h('time', { datetime: when, title: when }, instantName(when, timeZone))),
      h('td', {}, name(who)),
      h('td', { class: 'num' }, share(from)),
      h('td', { class: 'num' }, h('strong', {}, share(to))),
    ),
  );
  return h(
    'div',
    { class: 'scroll', role: 'region', tabindex: 0, 'aria-label': 'History of the share' },
    h(
      'table',
      { class: 'plain' },
      h('caption', { class: 'sr' }, 'Changes of the partners’ share, the latest first'),
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          ...['When', 'Who'].map((text) => h('th', { scope: 'col' }, text)),
          ...['From', 'To'].map((text) => h('th', { scope: 'col', class: 'num' }, text)),
        ),
      ),
      h('tbody', {}, ...rows),
    ),
  );
}

/**
 * @param {readonly Variable[]} variables
 * @returns {HTMLElement}
 */
function othersTable(variables) {
  const rows = variables
    .filter(({ key }) => key !== 'partnerRevenueShare')
    .map(({ key, value, default: usual }) =>
      h(
        'div',
        {},
        h('dt', {}, TITLES[key]),
        h('dd', {}, value, value !== usual && h('small', { class: 'hint' }, ` default ${usual}`)),
      ),
    );
  return h('dl', { class: 'facts' }, ...rows);
}
