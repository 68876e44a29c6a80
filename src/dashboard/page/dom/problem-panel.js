/** What went wrong, what to do about it, and a button to try again. */

import { Refusal, Unreachable } from '../api/client.js';
import { h, icon } from './element.js';

/**
 * @param {unknown} error
 * @param {() => void} retry
 * @param {Node} [wayOut] another thing to do
 * @returns {HTMLElement}
 */
export function problemPanel(error, retry, wayOut) {
  const { title, advice, symbol } = explain(error);
  const requestId = error instanceof Refusal ? error.requestId : '';
  return h(
    'section',
    { class: 'problem', role: 'alert' },
    icon(symbol),
    h('h2', {}, title),
    h('p', {}, advice),
    h(
      'p',
      { class: 'actions' },
      h('button', { type: 'button', class: 'button', onclick: retry }, 'Try again'),
      wayOut,
    ),
    requestId !== '' &&
      h('p', { class: 'hint' }, 'If you ask for help, give the request id ', h('code', {}, requestId), '.'),
  );
}

/**
 * @param {unknown} error
 * @returns {boolean} whether the cursor of a page is no longer valid
 */
export function isStalePage(error) {
  return error instanceof Refusal && error.code === 'PAGING.BAD_CURSOR';
}

/**
 * @param {unknown} error
 * @returns {{ title: string, advice: string, symbol: string }}
 */
function explain(error) {
  if (error instanceof Unreachable) {
    return navigator.onLine
      ? {
          title: 'The service does not answer',
          advice: 'It may be restarting. Try again in a moment.',
          symbol: 'warning',
        }
      : {
          title: 'You are offline',
          advice: 'The page continues when the connection is back.',
          symbol: 'offline',
        };
  }
  if (error instanceof Refusal) {
    if (error.status === 503) {
      return {
        title: 'The service is not available now',
        advice: `Nothing is lost. Try again in ${waitText(error.pause_s)}.`,
        symbol: 'warning',
      };
    }
    if (isStalePage(error)) {
      return {
        title: 'The list has changed',
        advice: 'A module was renamed, so the pages have moved. Start again from the first page.',
        symbol: 'warning',
      };
    }
    return { title: error.title, advice: error.message, symbol: 'warning' };
  }
  return {
    title: 'The page made a mistake',
    advice: 'Reload the page. If that does not help, report it to your platform.',
    symbol: 'warning',
  };
}

/** @param {number} pause_s */
function waitText(pause_s) {
  if (pause_s === 0) return 'a moment';
  return pause_s === 1 ? '1 second' : `${pause_s} seconds`;
}
