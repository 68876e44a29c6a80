/** Exports the report on the screen as CSV: the filtered rows in their order, with progress. */

import { Refusal } from '../../api/client.js';
import { askForPlace, saveCsv } from '../../api/download.js';
import { h, icon, put } from '../../dom/element.js';
import { count, fileSize, percent } from '../../exact/format.js';
import { exportFileName } from './export-file-name.js';

/** @typedef {import('../../api/client.js').Query} Query */
/** @typedef {import('../../api/revenue.js').Report} Report */
/** @typedef {{ query: Query, rows: number, fileName: string }} Offer */

/**
 * A file of more rows, about 10 MB, is written while it is read, to a place that the user chooses; a smaller file is a
 * normal download.
 */
const MOST_ROWS_AT_ONCE = 100_000;

export function exportButton() {
  /** @type {Offer | null} */
  let offered = null;
  /** @type {AbortController | null} */
  let running = null;
  const button = h('button', { type: 'button', class: 'button', onclick: press });
  const progress = exportProgress();
  const status = h('p', { class: 'export-status', role: 'status' });
  setRunning(null);

  /** @param {AbortController | null} now the running export, if any */
  function setRunning(now) {
    running = now;
    put(button, icon(now ? 'close' : 'download'), now ? 'Cancel export' : 'Export CSV');
    showWhetherItCan();
    const listen = now ? addEventListener : removeEventListener;
    listen('beforeunload', askBeforeLeaving);
    if (now === null) progress.hide();
  }
  function showWhetherItCan() {
    button.setAttribute('aria-disabled', String(running === null && offered === null));
  }
  function press() {
    if (running !== null) running.abort();
    else if (offered !== null) void save(offered);
  }
  /** @param {Offer} what */
  async function save({ query, rows, fileName }) {
    const controller = new AbortController();
    const { signal } = controller;
    setRunning(controller);
    put(status);
    try {
      const place = rows > MOST_ROWS_AT_ONCE ? await askForPlace(fileName) : null;
      progress.start(rows);
      const { name, bytes } = await saveCsv('revenue', query, place, signal, progress.show);
      put(status, `Saved ${name} (${fileSize(bytes)}).`);
    } catch (error) {
      put(status, failureText(error, signal));
    } finally {
      setRunning(null);
    }
  }

  return {
    element: h('div', { class: 'export' }, progress.element, button, status),
    offer(/** @type {Report} */ report, /** @type {Query} */ query) {
      offered = { query, rows: report.totals.deployments, fileName: exportFileName(report.filter) };
      showWhetherItCan();
    },
    /** The report of a new question is not loaded yet, so there is nothing to export. */
    withdraw() {
      offered = null;
      put(status);
      showWhetherItCan();
    },
    stop() {
      running?.abort();
    },
  };
}

function exportProgress() {
  const bar = h('progress', { max: 1000, value: 0, 'aria-label': 'Export' });
  const text = h('span', { class: 'hint' });
  const element = h('div', { class: 'export-progress', hidden: true }, bar, text);
  let rows = 0;
  /** The progress shown, in tenths of a percent; chunks arrive faster than anybody can read. */
  let tenths = -1;
  const show = (/** @type {number} */ bytes, /** @type {number} */ lines) => {
    const now = rows === 0 ? 0 : Math.min(1000, Math.floor((lines / rows) * 1000));
    if (now === tenths) return;
    bar.value = tenths = now;
    const done = count(Math.min(lines, rows));
    put(text, `${done} of ${count(rows)} rows · ${percent(now)} · ${fileSize(bytes)}`);
  };
  return {
    element,
    show,
    start(/** @type {number} */ howMany) {
      rows = howMany;
      tenths = -1;
      element.hidden = false;
      show(0, 0);
    },
    hide() {
      element.hidden = true;
    },
  };
}

/**
 * @param {unknown} error
 * @param {AbortSignal} signal
 * @returns {string}
 */
function failureText(error, signal) {
  const isUnwanted = signal.aborted || (error instanceof DOMException && error.name === 'AbortError');
  if (isUnwanted) return 'Export cancelled.';
  const why = error instanceof Refusal ? `${error.message} ` : '';
  return `${why}The export broke off and nothing was saved. Try again.`;
}

/** @param {BeforeUnloadEvent} event fired when the user leaves the page, which would end the export */
function askBeforeLeaving(event) {
  event.preventDefault();
}
