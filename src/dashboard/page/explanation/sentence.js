/** The whole explanation in a few plain sentences. */

import { units } from '../exact/decimal.js';
import { credits, money, share } from '../exact/format.js';
import { h } from '../dom/element.js';
import { isPlatformsOwn, shareOwner } from './story.js';

/** @typedef {import('../api/revenue.js').Explanation} Explanation */

/**
 * @param {Explanation} story
 * @returns {(Node | string)[]}
 */
export function sentence(story) {
  const { creditCost, purchasedCredits, grossRevenue, revenue, currency, partnerRevenueShare } = story;
  if (units(creditCost) === 0n) return ['This deployment cost no credits, so it earned nothing.'];
  const start = `It cost ${credits(creditCost)} credits: ${partsText(story)}. `;
  if (units(grossRevenue) === 0n) return [start, nothingText(story)];
  const bought = `The ${credits(purchasedCredits)} purchased ones had been bought for `;
  return [
    start,
    bought,
    strong(money(grossRevenue, currency)),
    ...(isPlatformsOwn(story)
      ? ['. The module belongs to the platform, so no partner has a share of it.']
      : [
          `, and ${shareOwner(story)} share of that is ${share(partnerRevenueShare)}: `,
          strong(money(revenue, currency)),
          '.',
        ]),
  ];
}

/** @param {string} text */
function strong(text) {
  return h('strong', {}, text);
}

/**
 * @param {Explanation} story
 * @returns {string}
 */
function partsText({ freeCredits, purchasedCredits, unpaidCredits, refundedCredits }) {
  const parts = [
    [freeCredits, 'free'],
    [purchasedCredits, 'purchased'],
    [unpaidCredits, 'not paid yet'],
    [refundedCredits, 'refunded'],
  ].flatMap(([amount = '0', word]) => (units(amount) === 0n ? [] : [`${credits(amount)} ${word}`]));
  return parts.length < 2
    ? `all ${parts[0]?.split(' ').slice(1).join(' ') ?? ''}`
    : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/**
 * @param {Explanation} story
 * @returns {string}
 */
function nothingText({ freeCredits, purchasedCredits, unpaidCredits, refundedCredits }) {
  if (units(purchasedCredits) > 0n)
    return 'Nothing had been paid for the purchased ones, so it earned nothing.';
  if (units(freeCredits) > 0n) return 'Free credits cost no money, so it earned nothing.';
  if (units(unpaidCredits) > 0n) return 'It earns revenue when the customer buys credits that pay for it.';
  return units(refundedCredits) > 0n ? 'Refunded credits earn nothing.' : '';
}
