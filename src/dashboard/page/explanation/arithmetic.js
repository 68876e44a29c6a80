/** The three steps from credits to the partner's revenue, as a chain. */

import { amount } from '../dom/amount.js';
import { h } from '../dom/element.js';
import { credits, money, share } from '../exact/format.js';
import { isPlatformsOwn, shareOwner } from './story.js';

/** @typedef {import('../api/revenue.js').Explanation} Explanation */

/**
 * @param {Explanation} story
 * @returns {HTMLElement}
 */
export function arithmetic(story) {
  const { purchasedCredits, grossRevenue, revenue, platformRevenue, partnerRevenueShare, currency } = story;
  const isOwn = isPlatformsOwn(story);
  const part = isOwn ? 'no partner has a share of it' : `${shareOwner(story)} ${share(partnerRevenueShare)}`;
  return h(
    'div',
    {},
    h(
      'ol',
      { class: 'steps' },
      step('Purchased credits', credits(purchasedCredits), 'only these were paid for'),
      step('Gross revenue', amount(grossRevenue, currency), 'what customers paid for them'),
      step('Revenue', amount(revenue, currency), part, 'result'),
    ),
    !isOwn && h('p', { class: 'formula' }, formula(story)),
    platformRevenue !== undefined &&
      h('p', { class: 'hint' }, 'The platform keeps the rest: ', amount(platformRevenue, currency), '.'),
  );
}

/**
 * @param {Explanation} story
 * @returns {string} the formula, which a user can check with a calculator
 */
function formula({ grossRevenue, partnerRevenueShare, revenue, currency }) {
  const product = `${money(grossRevenue, currency)} × ${credits(partnerRevenueShare)} ÷ 100`;
  return `${product} = ${money(revenue, currency)}, exactly; nothing is rounded.`;
}

/**
 * @param {string} title
 * @param {Node | string} value
 * @param {string} hint
 * @param {string} [kind]
 */
function step(title, value, hint, kind = '') {
  return h(
    'li',
    { class: `step ${kind}` },
    h('span', {}, title),
    h('strong', {}, value),
    h('small', {}, hint),
  );
}
