/** Revenue over time: a chart, a readout for pointer and keys, and a table as an alternative. */

import { go } from '../../address/location.js';
import { h, put } from '../../dom/element.js';
import { latest } from '../../dom/latest.js';
import { seesEverybody } from '../../session/rights.js';
import { problemPanel } from '../../dom/problem-panel.js';
import { readChart } from './chart-data.js';
import { ChartFigure } from './chart-figure.js';
import { chartTable } from './chart-table.js';
import { choice } from './choice.js';

/** @typedef {import('../../session/rights.js').Rights} Rights */
/** @typedef {import('../question.js').Question} Question */
/** @typedef {import('./chart-data.js').ChartData} ChartData */

export class ChartPanel {
  #body = h('div', { class: 'chart-body' }, h('div', { class: 'ghost' }));
  #asTable = h(
    'button',
    { type: 'button', class: 'button quiet', 'aria-pressed': 'false', onclick: () => this.#toggle() },
    'Show as table',
  );
  #asked = '';
  #isTable = false;
  /** @type {ChartData | null} */
  #chart = null;
  /** @type {ChartFigure | null} */
  #figure = null;
  #split;
  #unit;
  #rights;
  #currency;
  #loading;
  /** @type {HTMLElement} */
  element;

  /**
   * @param {Rights} rights
   * @param {import('../../api/settings.js').Platform} platform
   */
  constructor(rights, { currency }) {
    this.#rights = rights;
    this.#currency = currency;
    this.#split = splitChoice(rights);
    this.#unit = unitChoice();
    this.element = h(
      'section',
      { class: 'card chart', 'aria-label': 'Revenue over time' },
      h(
        'div',
        { class: 'card-head' },
        h('h2', {}, 'Over time'),
        h('div', { class: 'choices' }, this.#split.element, this.#unit.element, this.#asTable),
      ),
      this.#body,
    );
    this.#loading = latest(this.element);
  }

  /**
   * @param {Question} question
   * @param {boolean} isAgain
   */
  show(question, isAgain) {
    this.#split.choose(question.address.split);
    this.#unit.choose(question.unit);
    const key = JSON.stringify([question.filter, question.unit, question.address.split]);
    if (key === this.#asked && !isAgain) return;
    this.#asked = key;
    void this.#loading.load(
      (signal) => readChart(question, this.#rights, signal),
      (chart) => this.#draw(chart),
      (error) => {
        this.#figure?.close();
        this.#figure = null;
        this.#chart = null;
        put(
          this.#body,
          problemPanel(error, () => this.show(question, true)),
        );
      },
    );
  }

  close() {
    this.#loading.stop();
    this.#figure?.close();
  }

  #toggle() {
    this.#isTable = !this.#isTable;
    this.#asTable.setAttribute('aria-pressed', String(this.#isTable));
    if (this.#chart !== null) this.#draw(this.#chart);
  }

  /** @param {ChartData} chart */
  #draw(chart) {
    this.#figure?.close();
    this.#figure = null;
    this.#chart = chart;
    if (this.#isTable) {
      put(this.#body, chartTable(chart, this.#currency));
      return;
    }
    this.#figure = new ChartFigure(chart, this.#currency);
    put(this.#body, this.#figure.element);
    this.#figure.start();
  }
}

/** @param {Rights} rights */
function splitChoice(rights) {
  /** @type {(readonly ['total' | 'module' | 'partner', string])[]} */
  const splits = [
    ['total', 'Total'],
    ['module', 'By module'],
  ];
  if (seesEverybody(rights)) splits.push(['partner', 'By partner']);
  return choice('Split', splits, (split) => go({ split }));
}

function unitChoice() {
  /** @type {readonly (readonly ['day' | 'week' | 'month', string])[]} */
  const units = [
    ['day', 'Day'],
    ['week', 'Week'],
    ['month', 'Month'],
  ];
  return choice('Each bar is a', units, (unit) => go({ unit }));
}
