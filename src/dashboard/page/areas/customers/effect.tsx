/** What an entry changes: the balance, the debts, and which modules' revenue. */

import type { JSX } from 'preact';
import type { Effect, Entry, RevenueChange } from '../../api/credits.js';
import { readModule } from '../../api/modules.js';
import { readUserName } from '../../api/users.js';
import { t as creditsText } from '../../credits/texts.js';
import { sum } from '../../exact/decimal.js';
import { credits, signOf } from '../../exact/format.js';
import { usePlatform } from '../../session/me.js';
import { Credits, Money, Name } from '../../ui/figures.js';
import { useNames } from '../../ui/names.js';
import { t } from './texts.js';

/** What is said of the money; of refunds, that the customer gets it back. */
const MONEY: Partial<Record<Entry['kind'], 'pays' | 'takenBack' | 'cameBack'>> = {
  purchase: 'pays',
  reversal: 'takenBack',
  release: 'cameBack',
};

export interface EffectViewProps {
  readonly effect: Effect;
  readonly kind: Entry['kind'];
}

export function EffectView({ effect, kind }: EffectViewProps): JSX.Element {
  const { currency } = usePlatform();
  const { settlements, money, revenueChanges } = effect;
  const spends = new Set(settlements.map(({ type, id }) => `${type} ${id}`));
  return (
    <section class="effect" aria-live="polite">
      <h3>{t('effect')}</h3>
      <BalanceChange effect={effect} />
      {money !== null && (
        <p>
          {t.rich(MONEY[kind] ?? 'paysBack', {
            money: (
              <strong>
                <Money amount={money} currency={currency} isAlone />
              </strong>
            ),
          })}
        </p>
      )}
      {spends.size > 0 && (
        <p>
          {t('debtOf', { credits: credits(sum(settlements.map((one) => one.credits))), count: spends.size })}
        </p>
      )}
      {revenueChanges.length === 0 ? (
        <p class="hint">{t('noRevenueChange')}</p>
      ) : (
        <RevenueChanges changes={revenueChanges} />
      )}
    </section>
  );
}

function BalanceChange({ effect: { balanceBefore, balance } }: { readonly effect: Effect }): JSX.Element {
  const all = ['total', 'free', 'purchased', 'unpaid'] as const;
  const names = {
    total: creditsText('available'),
    free: creditsText('free'),
    purchased: creditsText('purchased'),
    unpaid: creditsText('unpaid'),
  };
  const shown = all.filter((one) => one === 'total' || balanceBefore[one] !== balance[one]);
  return (
    <dl class="changes">
      {shown.map((one) => (
        <div key={one} class={one}>
          <dt>{names[one]}</dt>
          <dd>
            <Credits amount={balanceBefore[one]} /> <span aria-hidden="true">→</span>{' '}
            <span class="sr">{t('becomes')}</span>{' '}
            <strong>
              <Credits amount={balance[one]} />
            </strong>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function RevenueChanges({ changes }: { readonly changes: readonly RevenueChange[] }): JSX.Element {
  const { currency } = usePlatform();
  const moduleName = useNames(
    changes.map(({ moduleId }) => moduleId),
    async (id, signal) => (await readModule(id, signal)).name,
  );
  const partnerName = useNames(
    changes.flatMap(({ partnerId }) => partnerId ?? []),
    readUserName,
  );
  return (
    <div>
      <h4>{t('revenueChanges')}</h4>
      <ul class="revenue-changes">
        {changes.map(({ moduleId, partnerId, grossRevenue }) => (
          <li key={moduleId}>
            <span>
              <Name text={moduleName(moduleId)} title={moduleId} />
              <small>
                {partnerId === null ? (
                  t('platform')
                ) : (
                  <Name text={partnerName(partnerId)} title={partnerId} />
                )}
              </small>
            </span>
            <span class={`difference ${signOf(grossRevenue)}`}>
              {signOf(grossRevenue) === 'more' && '+'}
              <Money amount={grossRevenue} currency={currency} isAlone />
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
