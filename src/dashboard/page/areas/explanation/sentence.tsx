/** The whole explanation in a few plain sentences. */

import type { ComponentChildren, JSX } from 'preact';
import type { Explanation } from '../../api/revenue.js';
import { units } from '../../exact/decimal.js';
import { credits, money, share } from '../../exact/format.js';
import { isFull, isPlatformsOwn } from './story.js';
import { t } from './texts.js';

export function Sentence({ story }: { readonly story: Explanation }): JSX.Element {
  return <p class="sentence">{sentences(story)}</p>;
}

function sentences(story: Explanation): ComponentChildren {
  const { creditCost, purchasedCredits, grossRevenue, revenue, currency, partnerRevenueShare } = story;
  if (units(creditCost) === 0n) return t('costNothing');
  const start = t('itCost', { credits: credits(creditCost), parts: partsText(story) });
  if (units(grossRevenue) === 0n) return [start, ' ', nothingText(story)];
  const gross = <strong>{money(grossRevenue, currency)}</strong>;
  const bought = t.rich('purchasedFor', { credits: credits(purchasedCredits), gross });
  if (isPlatformsOwn(story)) return [start, ' ', ...bought, ' ', t('belongsToPlatform')];
  const values = {
    share: share(partnerRevenueShare),
    revenue: <strong>{money(revenue, currency)}</strong>,
  };
  const result = isFull(story) ? t.rich('shareIs', values) : t.rich('yourShareIs', values);
  return [start, ' ', ...bought, ' ', ...result];
}

function partsText(story: Explanation): string {
  const { freeCredits, purchasedCredits, unpaidCredits, refundedCredits } = story;
  const kinds = [
    [freeCredits, 'freePart'],
    [purchasedCredits, 'purchasedPart'],
    [unpaidCredits, 'unpaidPart'],
    [refundedCredits, 'refundedPart'],
  ] as const;
  const parts = kinds.flatMap(([amount, key]) =>
    units(amount) === 0n ? [] : [t(key, { credits: credits(amount) })],
  );
  const last = parts.at(-1) ?? '';
  if (parts.length < 2) return t('all', { part: last });
  return t('partsAnd', { first: parts.slice(0, -1).join(', '), last });
}

function nothingText({ freeCredits, purchasedCredits, unpaidCredits, refundedCredits }: Explanation): string {
  if (units(purchasedCredits) > 0n) return t('nothingPaid');
  if (units(freeCredits) > 0n) return t('freeEarnsNothing');
  if (units(unpaidCredits) > 0n) return t('unpaidLater');
  return units(refundedCredits) > 0n ? t('refundedEarnsNothing') : '';
}
