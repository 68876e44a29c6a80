/** The figures at the top, each compared with the period before. */

import { readTotals } from '../api/revenue.js';
import { amount } from '../dom/amount.js';
import { h, put } from '../dom/element.js';
import { latest } from '../dom/latest.js';
import { difference, permille } from '../exact/decimal.js';
import { count, credits, money, percent, share, signOf } from '../exact/format.js';
import { seesEverybody } from '../session/rights.js';

/** @typedef {import('../api/revenue.js').Totals} Totals */
/** @typedef {import('../api/revenue.js').Report} Report */
/** @typedef {import('./question.js').Question} Question */
/** @typedef {'revenue' | 'platformRevenue' | 'grossRevenue' | 'deployments' | 'purchasedCredits' | 'freeCredits'} Field */
/**
 * @typedef {{ field: Field, title: string, hint: (share: string) => string, isMoney?: true, isNeutral?: true }} Figure
 *   isNeutral: an increase is neither good nor bad
 */

/** Larger changes are shown only as “over 1,000 %”. */
const MOST_TENTHS = 10_000;

/** @type {readonly Figure[]} */
const OF_PARTNER = [
  {
    field: 'revenue',
    title: 'Your revenue',
    hint: (percentage) => `your share, ${percentage} of gross`,
    isMoney: true,
  },
  { field: 'grossRevenue', title: 'Gross revenue', hint: () => 'paid for the credits used', isMoney: true },
  { field: 'deployments', title: 'Deployments', hint: () => 'in this range' },
  { field: 'purchasedCredits', title: 'Purchased credits', hint: () => 'spent; these earn revenue' },
  { field: 'freeCredits', title: 'Free credits', hint: () => 'spent; these earn nothing', isNeutral: true },
];

/** @type {readonly Figure[]} */
const OF_EVERYBODY = [
  {
    field: 'revenue',
    title: 'Partners’ revenue',
    hint: (percentage) => `${percentage} of the gross of partners’ modules`,
    isMoney: true,
  },
  {
    field: 'platformRevenue',
    title: 'Platform keeps',
    hint: () => 'gross less the partners’ share',
    isMoney: true,
  },
  ...OF_PARTNER.slice(1),
];

/**
 * @param {import('../session/rights.js').Rights} rights
 * @param {import('../api/settings.js').Platform} platform
 * @returns {{ element: HTMLElement, show: (question: Question, report: Report) => void }}
 */
export function figuresPanel(rights, platform) {
  const figures = seesEverybody(rights) ? OF_EVERYBODY : OF_PARTNER;
  const cards = figures.map((figure) => card(figure, platform));
  const element = h(
    'section',
    { class: `figures of-${figures.length}`, 'aria-label': 'Totals' },
    ...cards.map((one) => one.element),
  );
  const loading = latest(element);
  return {
    element,
    show(question, { totals, currency, partnerRevenueShare }) {
      for (const one of cards) one.show(totals, currency, partnerRevenueShare);
      const { filterBefore, nameBefore, textBefore } = question;
      if (filterBefore === null) {
        loading.stop();
        return;
      }
      const ask = (/** @type {AbortSignal} */ signal) => readTotals(filterBefore, signal);
      const compare = (/** @type {Totals} */ before) => {
        for (const one of cards)
          one.compare(totals, before, currency, { name: nameBefore ?? '', text: textBefore ?? '' });
      };
      void loading.load(ask, compare, () => undefined);
    },
  };
}

/**
 * @param {Figure} figure
 * @param {import('../api/settings.js').Platform} platform
 */
function card({ field, title, hint, isMoney, isNeutral }, platform) {
  const value = h('dd', { class: 'figure-value' }, h('span', { class: 'ghost' }, '\u00a0'));
  const change = h('dd', { class: 'change' });
  const note = h('dd', { class: 'hint' }, hint(share(platform.share)));
  const element = h(
    'dl',
    { class: `figure ${field} ${isNeutral ? 'neutral' : ''}` },
    h('dt', {}, title),
    value,
    change,
    note,
  );
  const read = (/** @type {Totals} */ totals) => String(totals[field] ?? '0');
  return {
    element,
    show(/** @type {Totals} */ totals, /** @type {string} */ currency, /** @type {string} */ percentage) {
      put(value, isMoney ? amount(read(totals), currency) : plain(field, read(totals)));
      put(note, hint(share(percentage)));
      put(change);
    },
    compare(
      /** @type {Totals} */ now,
      /** @type {Totals} */ before,
      /** @type {string} */ currency,
      /** @type {{ name: string, text: string }} */ period,
    ) {
      const was = isMoney ? money(read(before), currency) : plain(field, read(before));
      const shown = isMoney ? amount(read(before), currency) : was;
      put(
        change,
        ...changeOf(read(now), read(before)),
        h('span', { class: 'was' }, ' from ', shown),
        ' ',
        h('span', { class: 'period' }, period.text),
      );
      change.title = `${period.name}: ${was}`;
    },
  };
}

/**
 * @param {Field} field
 * @param {string} value
 * @returns {string}
 */
function plain(field, value) {
  return field === 'deployments' ? count(Number(value)) : credits(value);
}

/**
 * @param {number} tenths of a percent
 * @returns {string} without the exact figure for huge growth from nearly zero
 */
function percentText(tenths) {
  return tenths > MOST_TENTHS ? `over ${percent(MOST_TENTHS)}` : percent(tenths);
}

/**
 * @param {string} now
 * @param {string} before
 * @returns {Node[]}
 */
function changeOf(now, before) {
  const direction = signOf(difference(now, before));
  const tenths = permille(difference(now, before), before);
  const text = tenths === null ? (direction === 'none' ? 'no change' : 'new') : percentText(Math.abs(tenths));
  const words = { less: 'down ', none: '', more: 'up ' }[direction];
  const arrow = { less: '↓', none: '→', more: '↑' }[direction];
  return [
    h(
      'span',
      { class: `chip ${direction}` },
      h('span', { 'aria-hidden': 'true' }, `${arrow} `),
      h('span', { class: 'sr' }, words),
      text,
    ),
  ];
}
