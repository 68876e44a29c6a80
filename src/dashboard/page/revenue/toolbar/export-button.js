/** The report as a CSV file: exactly the filtered set, in its order, with progress. */

import { isAborted } from '../../api/client.js';
import { downloadCsv, saveFile } from '../../api/download.js';
import { h, icon, put } from '../../dom/element.js';
import { count, fileSize, percent } from '../../exact/format.js';

/** @typedef {import('../../api/client.js').Query} Query */
/** @typedef {import('../../api/revenue.js').Report} Report */

export function exportButton() {
  /** @type {{ query: Query, rows: number } | null} */
  let offered = null;
  /** @type {AbortController | null} */
  let running = null;
  const button = h('button', { type: 'button', class: 'button', 'aria-disabled': 'true', onclick: press });
  const bar = h('progress', { max: 1000, value: 0, 'aria-label': 'Export' });
  const text = h('span', { class: 'hint' });
  const progress = h('div', { class: 'export-progress', hidden: true }, bar, text);
  const told = h('p', { class: 'export-told', role: 'status' });
  label();

  function label() {
    put(
      button,
      icon(running === null ? 'download' : 'close'),
      running === null ? 'Export CSV' : 'Cancel export',
    );
  }
  function press() {
    if (running !== null) running.abort();
    else if (offered !== null) void run(offered);
  }
  /** @param {{ query: Query, rows: number }} what */
  async function run({ query, rows }) {
    running = new AbortController();
    label();
    put(told);
    progress.hidden = false;
    show(0, 0, rows);
    try {
      const file = await downloadCsv('revenue', query, running.signal, (bytes, lines) =>
        show(bytes, lines, rows),
      );
      saveFile(file);
      put(told, `Saved ${file.name} (${fileSize(file.blob.size)}).`);
    } catch (error) {
      put(
        told,
        isAborted(error) ? 'Export cancelled.' : 'The export broke off and nothing was saved. Try again.',
      );
    } finally {
      running = null;
      progress.hidden = true;
      label();
    }
  }
  /**
   * @param {number} bytes
   * @param {number} lines
   * @param {number} rows
   */
  function show(bytes, lines, rows) {
    const tenths = rows === 0 ? 0 : Math.min(1000, Math.round((lines / rows) * 1000));
    bar.value = tenths;
    put(
      text,
      `${count(Math.min(lines, rows))} of ${count(rows)} rows · ${percent(tenths)} · ${fileSize(bytes)}`,
    );
  }

  return {
    element: h('div', { class: 'export' }, progress, button, told),
    offer(/** @type {Report} */ report, /** @type {Query} */ query) {
      offered = { query, rows: report.totals.deployments };
      button.setAttribute('aria-disabled', 'false');
    },
    stop() {
      running?.abort();
    },
  };
}
