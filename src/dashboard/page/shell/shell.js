/** The frame around every view: the name, the tabs, and the signed-in user. */

import { here, onMove } from '../address/location.js';
import { h, name, put } from '../dom/element.js';
import { addressLink } from '../dom/address-link.js';
import { creditsView } from '../credits/credits-view.js';
import { Drawer } from './drawer.js';
import { nothingView } from './nothing-view.js';
import { RevenueView } from '../revenue/revenue-view.js';
import { settingsView } from '../settings/settings-view.js';
import { signOut } from '../api/session.js';
import { mayReadReports, seesEverybody } from '../session/rights.js';

/** @typedef {import('../session/rights.js').Rights} Rights */
/** @typedef {import('../api/revenue.js').Platform} Platform */
/** @typedef {{ element: HTMLElement, close: () => void }} View */
/** @typedef {import('../address/address.js').Address['view']} ViewName */

/**
 * @param {HTMLElement} body
 * @param {Rights} rights
 * @param {Platform | null} platform null if the caller cannot read reports
 * @returns {() => void} closes it
 */
export function openShell(body, rights, platform) {
  const views = viewsFor(rights, platform);
  const main = h('main', { id: 'main', tabindex: -1 });
  const nav = h('nav', { 'aria-label': 'Views', class: 'tabs' });
  /** @type {ViewName | null} */
  let shownName = null;
  /** @type {View | null} */
  let shown = null;

  function show() {
    const wanted = here().view;
    const viewName = views.has(wanted) ? wanted : /** @type {ViewName} */ ([...views.keys()][0]);
    if (viewName === shownName) return;
    shown?.close();
    shownName = viewName;
    const { title, open } = /** @type {{ title: string, open: () => View }} */ (views.get(viewName));
    document.title = `${title} · Module Revenue`;
    put(nav, ...tabs(views, viewName));
    shown = open();
    put(main, shown.element);
  }
  put(body, skipLink(), header(nav, rights), main);
  show();
  const stopMoving = onMove(show);
  const drawer = new Drawer(rights, platform);
  return () => {
    stopMoving();
    drawer.close();
    shown?.close();
  };
}

/**
 * @param {Node} [content] in place of the skeleton
 * @returns {DocumentFragment} the shell while the caller is not known yet
 */
export function waitingShell(content) {
  const fragment = document.createDocumentFragment();
  fragment.append(
    header(h('nav', { class: 'tabs' }), null),
    h(
      'main',
      { id: 'main', 'aria-busy': content === undefined ? 'true' : 'false' },
      content ??
        h(
          'div',
          { class: 'view' },
          h('p', { class: 'sr', role: 'status' }, 'Loading'),
          h('div', { class: 'ghost tall' }),
        ),
    ),
  );
  return fragment;
}

/**
 * @param {Rights} rights
 * @param {Platform | null} platform
 * @returns {Map<ViewName, { title: string, open: () => View }>} in the order of the tabs
 */
function viewsFor(rights, platform) {
  /** @type {Map<ViewName, { title: string, open: () => View }>} */
  const views = new Map();
  if (mayReadReports(rights) && platform !== null) {
    views.set('revenue', { title: 'Revenue', open: () => new RevenueView(rights, platform) });
  }
  if (rights.settings !== 'nothing' && platform !== null) {
    views.set('settings', { title: 'Settings', open: () => settingsView(rights, platform) });
  }
  if (rights.hasCredits && !seesEverybody(rights)) {
    views.set('credits', { title: 'Your credits', open: () => creditsView(rights) });
  }
  if (views.size === 0) views.set('revenue', { title: 'No access', open: () => nothingView(rights) });
  return views;
}

/**
 * @param {Map<ViewName, { title: string }>} views
 * @param {ViewName} current
 * @returns {HTMLElement[]} empty if there is only one
 */
function tabs(views, current) {
  if (views.size < 2) return [];
  return [...views].map(([view, { title }]) =>
    addressLink(
      { view, deployment: null, customer: null },
      { 'aria-current': view === current ? 'page' : null },
      title,
    ),
  );
}

/** @returns {HTMLElement} */
function skipLink() {
  const skip = (/** @type {MouseEvent} */ event) => {
    event.preventDefault(); // The fragment of the address belongs to the filter.
    document.getElementById('main')?.focus();
  };
  return h('a', { class: 'skip', href: '#main', onclick: skip }, 'Skip to the content');
}

/**
 * @param {HTMLElement} nav
 * @param {Rights | null} rights
 * @returns {HTMLElement}
 */
function header(nav, rights) {
  return h(
    'header',
    { class: 'top' },
    h(
      'div',
      { class: 'top-inner' },
      h(
        'div',
        { class: 'brand' },
        h('span', { class: 'brand-mark', 'aria-hidden': 'true' }, h('i'), h('i'), h('i'), h('i')),
        h('span', { class: 'brand-name' }, 'Module Revenue'),
      ),
      nav,
      rights !== null &&
        h(
          'div',
          { class: 'who' },
          h(
            'span',
            { class: 'who-id' },
            name(rights.id),
            h('span', { class: 'role' }, rights.roles.join(', ')),
          ),
          h(
            'button',
            { type: 'button', class: 'button quiet', onclick: () => signOut('signed-out') },
            'Sign out',
          ),
        ),
    ),
  );
}
