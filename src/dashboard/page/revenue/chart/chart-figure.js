/** The chart with its legend, and a readout for the pointer and the arrow keys. */

import { h, put } from '../../dom/element.js';
import { highestPlace } from './chart-data.js';
import { drawChart } from './draw-chart.js';
import { legendOf, swatchColor } from './legend.js';
import { readoutOf, spoken, placeBeside } from './readout.js';

/** @typedef {import('./chart-data.js').ChartData} ChartData */

/** Bars per Page Up and Page Down. */
const LEAP = 7;
/** A position without a bar. */
const NOWHERE_PX = -10;

export class ChartFigure {
  #readout = h('div', { class: 'readout', 'aria-hidden': 'true', hidden: true });
  #home = h('div', { class: 'plot-home' });
  /** @type {import('uplot') | null} */
  #plot = null;
  #looks = [matchMedia('(prefers-color-scheme: dark)'), matchMedia('print')];
  #redraw = () => void this.#plot?.redraw();
  #resizing = new ResizeObserver(() => this.#fit());
  #chart;
  #currency;
  #place;
  #legend;
  #slider;
  /** @type {HTMLElement} */
  element;

  /**
   * @param {ChartData} chart
   * @param {string} currency
   */
  constructor(chart, currency) {
    this.#chart = chart;
    this.#currency = currency;
    this.#place = highestPlace(chart);
    this.#legend = legendOf(chart);
    this.#slider = this.#makeSlider();
    this.element = h('figure', { class: 'chart-figure' }, this.#legend, this.#slider);
    this.#describe();
  }

  /** Draws the chart; the element must be on the page. */
  start() {
    this.#plot = drawChart(this.#home, this.#chart, {
      currency: this.#currency,
      color: (series) => swatchColor(this.#legend, series),
      tone: (tone) =>
        getComputedStyle(this.#slider).getPropertyValue(tone === 'ink' ? 'color' : 'border-top-color'),
      onPlace: (place) => this.#show(place),
    });
    this.#resizing.observe(this.#home);
    for (const look of this.#looks) look.addEventListener('change', this.#redraw);
  }

  close() {
    this.#resizing.disconnect();
    for (const look of this.#looks) look.removeEventListener('change', this.#redraw);
    this.#plot?.destroy();
    this.#plot = null;
  }

  #makeSlider() {
    const label =
      `${this.#chart.measure} over time. The arrow keys read one bar after the other; ` +
      'the button “Show as table” shows them all as a table.';
    return h(
      'div',
      {
        class: 'plot',
        role: 'slider',
        tabindex: 0,
        'aria-label': label,
        'aria-valuemin': 0,
        'aria-valuemax': this.#last,
        onkeydown: (/** @type {KeyboardEvent} */ event) => this.#onKey(event),
        onfocus: () => this.#slider.matches(':focus-visible') && this.#moveTo(this.#place),
        onblur: () => this.#moveTo(null),
      },
      this.#home,
      this.#readout,
    );
  }

  get #last() {
    return Math.max(this.#chart.periods.length - 1, 0);
  }

  #describe() {
    this.#slider.setAttribute('aria-valuenow', String(this.#place));
    this.#slider.setAttribute('aria-valuetext', spoken(this.#chart, this.#place, this.#currency));
  }

  /** @param {number | null} place null: nowhere */
  #moveTo(place) {
    if (this.#plot === null) return;
    const left = place === null ? NOWHERE_PX : this.#plot.valToPos(place, 'x');
    this.#plot.setCursor({ left, top: place === null ? NOWHERE_PX : 0 });
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const next = nextPlace(event.key, this.#place, this.#last);
    if (next === null) return;
    event.preventDefault();
    this.#moveTo(next);
  }

  /** @param {number | null} place index of the bar at the pointer or chosen with the keys */
  #show(place) {
    this.#readout.hidden = place === null;
    if (place === null || this.#plot === null) return;
    this.#place = place;
    this.#describe();
    put(this.#readout, ...readoutOf(this.#chart, place, this.#currency, this.#legend));
    placeBeside(
      this.#readout,
      this.#plot.valToPos(place, 'x') + this.#plot.over.offsetLeft,
      this.#home.clientWidth,
    );
  }

  #fit() {
    const { clientWidth: width, clientHeight: height } = this.#home;
    if (this.#plot !== null && width > 0) this.#plot.setSize({ width, height });
  }
}

/**
 * @param {string} key
 * @param {number} place
 * @param {number} last
 * @returns {number | null} null: the key does not move
 */
function nextPlace(key, place, last) {
  /** @type {Record<string, number>} */
  const moves = {
    ArrowLeft: place - 1,
    ArrowDown: place - 1,
    ArrowRight: place + 1,
    ArrowUp: place + 1,
    PageDown: place - LEAP,
    PageUp: place + LEAP,
    Home: 0,
    End: last,
  };
  const next = moves[key];
  return next === undefined ? null : Math.min(Math.max(next, 0), last);
}
