/** The three steps from credits to the partner's revenue, as a chain. */

import type { ComponentChildren, JSX } from 'preact';
import type { Explanation } from '../../api/revenue.js';
import { credits, money } from '../../exact/format.js';
import { usePlatform } from '../../session/me.js';
import { Money } from '../../ui/figures.js';
import { sharesInWords } from '../../ui/share-words.js';
import { isPlatformsOwn, ownShare } from './story.js';
import { t } from './texts.js';

export function Arithmetic({ story }: { readonly story: Explanation }): JSX.Element {
  const { purchasedCredits, grossRevenue, revenue, platformRevenue, partnerRevenueShare, currency } = story;
  const { timeZone } = usePlatform();
  const isOwn = isPlatformsOwn(story);
  const whole = (amount: string): JSX.Element => <Money amount={amount} currency={currency} isWhole />;
  return (
    <div>
      <ol class="steps">
        <Step title={t('purchasedCredits')} value={credits(purchasedCredits)} hint={t('purchasedHint')} />
        <Step title={t('gross')} value={whole(grossRevenue)} hint={t('grossHint')} />
        <Step
          title={t('revenue')}
          value={whole(revenue)}
          hint={isOwn ? t('noShare') : ownShare(story)}
          isResult
        />
      </ol>
      {!isOwn && (
        // With it, a user can check the figure with a calculator.
        <p class="formula">
          {t('formula', {
            gross: money(grossRevenue, currency),
            share: credits(partnerRevenueShare),
            revenue: money(revenue, currency),
          })}
        </p>
      )}
      {!isOwn && story.shares.length > 1 && (
        <p class="hint">{t('sharesOverTime', { shares: sharesInWords(story.shares, timeZone) })}</p>
      )}
      {platformRevenue !== undefined && (
        <p class="hint">{t.rich('platformKeepsRest', { amount: whole(platformRevenue) })}</p>
      )}
    </div>
  );
}

interface StepProps {
  readonly title: string;
  readonly value: ComponentChildren;
  readonly hint: string;
  readonly isResult?: boolean;
}

function Step({ title, value, hint, isResult }: StepProps): JSX.Element {
  return (
    <li class={`step ${isResult ? 'result' : ''}`}>
      <span>{title}</span>
      <strong>{value}</strong>
      <small>{hint}</small>
    </li>
  );
}
