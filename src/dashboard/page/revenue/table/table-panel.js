/** Every deployment of the filter, sorted and paged by the service; the next page is read ahead. */

import { readManyRows, readReport } from '../../api/revenue.js';
import { h, icon, put } from '../../dom/element.js';
import { count } from '../../exact/format.js';
import { seesEverybody } from '../../session/rights.js';
import { isStalePage, problemPanel } from '../../dom/problem-panel.js';
import { ColumnPicker } from './column-picker.js';
import { chosenColumns, columnsFor } from './columns.js';
import { Pages } from './pages.js';
import { Paper } from './paper.js';
import { onScreenNote, printedNote } from './paper-note.js';
import { ghostRows, rowsTable } from './rows-table.js';

/** @typedef {import('../../api/revenue.js').Report} Report */
/** @typedef {import('../../api/client.js').Query} Query */
/** @typedef {import('../question.js').Question} Question */

/** More rows are not useful on paper: 2,000 rows are about 40 sheets. */
const MOST_PRINTED = 2000;

export class TablePanel {
  #howMany = h('span', { class: 'hint' });
  #where = h('div', { class: 'where', role: 'status' });
  #previous = this.#turner(-1, icon('previous'), 'Previous');
  #next = this.#turner(1, 'Next', icon('next'));
  #scroll = h(
    'div',
    { class: 'scroll', role: 'region', tabindex: 0, 'aria-label': 'Deployments, the table' },
    ghostRows(),
  );
  /** @type {Pages | null} */
  #pages = null;
  /** @type {Question | null} */
  #question = null;
  /** @type {Query} */
  #query = {};
  #paper = new Paper();
  #printed = new AbortController();
  #columns;
  #picker;
  #startOver;
  /** @type {HTMLElement} */
  element;

  /**
   * @param {import('../../session/rights.js').Rights} rights
   * @param {() => void} startOver loads the first page again
   */
  constructor(rights, startOver) {
    this.#startOver = startOver;
    this.#columns = columnsFor(seesEverybody(rights));
    this.#picker = new ColumnPicker(this.#columns);
    this.element = h(
      'section',
      { class: 'card rows', 'aria-label': 'Deployments' },
      h('div', { class: 'card-head' }, h('h2', {}, 'Deployments'), this.#howMany, this.#picker.element),
      this.#scroll,
      this.#paper.element,
      h('nav', { class: 'pager', 'aria-label': 'Pages' }, this.#where, this.#previous, this.#next),
    );
    const { signal } = this.#printed;
    addEventListener('beforeprint', () => this.#fillFromScreen(), { signal });
  }

  /**
   * @param {Question} question
   * @param {Query} query
   * @param {Report} report its first page
   */
  show(question, query, report) {
    this.#question = question;
    this.#query = query;
    this.#pages?.close();
    this.#pages = new Pages(report, (cursor, signal) => readReport(query, cursor, signal));
    this.#draw();
  }

  /**
   * Keeps unchanged rows in place, together with the focus in one of them.
   *
   * @param {Question} question the same question, maybe with other columns
   */
  redraw(question) {
    const before = this.#question?.address.columns;
    this.#question = question;
    if (before?.join() !== question.address.columns?.join()) this.#draw();
  }

  close() {
    this.#pages?.close();
    this.#pages = null;
    this.#paper.clear();
    this.#printed.abort();
  }

  /**
   * Reads the rows of the whole filter, puts them on the paper and prints. They stay there until the table changes,
   * because some browsers read them later.
   *
   * @param {AbortSignal} signal
   */
  async print(signal) {
    const { rows, totals, isSteady } = await readManyRows(this.#query, MOST_PRINTED, signal);
    signal.throwIfAborted();
    this.#fillPaper(rows, totals, printedNote(rows.length, totals.deployments, isSteady));
    globalThis.print();
  }

  /** Printing from the browser's menu cannot wait for more rows, so the rows on the screen are printed, with a note. */
  #fillFromScreen() {
    if (!this.#paper.isEmpty || this.#pages === null) return;
    const { current, firstRow } = this.#pages;
    const { data, totals } = current;
    this.#fillPaper(data, totals, onScreenNote(firstRow, data.length, totals.deployments));
  }

  /**
   * @param {readonly import('../../api/revenue.js').Row[]} rows
   * @param {import('../../api/revenue.js').Totals} totals
   * @param {string} note
   */
  #fillPaper(rows, totals, note) {
    const pages = this.#pages;
    const question = this.#question;
    if (pages === null || question === null) return;
    const columns = chosenColumns(this.#columns, question.address.columns);
    const context = { timeZone: question.timeZone, currency: pages.current.currency };
    this.#paper.fill({ columns, rows, totals, context, note });
  }

  /**
   * @param {1 | -1} step
   * @param {...(Node | string)} content
   */
  #turner(step, ...content) {
    return h('button', { type: 'button', class: 'button', onclick: () => void this.#turn(step) }, ...content);
  }

  /** @param {1 | -1} step */
  async #turn(step) {
    const pages = this.#pages;
    if (pages === null) return;
    this.element.setAttribute('aria-busy', 'true');
    try {
      if ((await pages.turn(step)) && pages === this.#pages) {
        this.#draw();
        this.element.scrollIntoView({ block: 'start' });
      }
    } catch (error) {
      if (pages !== this.#pages) return;
      const again = isStalePage(error) ? this.#startOver : () => void this.#turn(step);
      put(this.#where, problemPanel(error, again));
    } finally {
      this.element.setAttribute('aria-busy', 'false');
    }
  }

  #draw() {
    const pages = this.#pages;
    const question = this.#question;
    if (pages === null || question === null) return;
    this.#paper.clear();
    const { data, totals, currency } = pages.current;
    const columns = chosenColumns(this.#columns, question.address.columns);
    this.#picker.show(columns);
    put(this.#howMany, `${count(totals.deployments)} in all`);
    const sorted = focusedSort(this.#scroll);
    put(this.#scroll, rowsTable(columns, data, question, currency));
    const button = sorted && this.#scroll.querySelector(`[data-sort="${sorted}"]`);
    if (button instanceof HTMLElement) button.focus({ preventScroll: true });
    const last = pages.firstRow + data.length;
    put(this.#where, `${count(pages.firstRow + 1)}–${count(last)} of ${count(totals.deployments)}`);
    setEnabled(this.#previous, pages.hasPrevious);
    setEnabled(this.#next, pages.hasNext);
  }
}

/**
 * Disables a button without losing its focus.
 *
 * @param {HTMLButtonElement} button
 * @param {boolean} isEnabled
 */
function setEnabled(button, isEnabled) {
  button.setAttribute('aria-disabled', String(!isEnabled));
}

/**
 * @param {HTMLElement} scroll
 * @returns {string | undefined} the column of the focused sort button, so that the new table can focus it again
 */
function focusedSort(scroll) {
  const { activeElement } = document;
  return activeElement instanceof HTMLElement && scroll.contains(activeElement)
    ? activeElement.dataset['sort']
    : undefined;
}
