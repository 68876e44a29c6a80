/** What the caller can spend, what it costs to deploy a module, and what happened so far. */

import type { JSX } from 'preact';
import { defineParameters, optional } from '../../address/parameters.js';
import { readBalance } from '../../api/credits.js';
import { BalanceFigures, ExpiringSoon, LotsTable } from '../../credits/balance.js';
import { HistoryCard } from '../../credits/history.js';
import { t as creditsText } from '../../credits/texts.js';
import { useQuestion } from '../../question/question.js';
import { usePlatform } from '../../session/me.js';
import { Answer, Skeleton } from '../../ui/answer.js';
import { Card, View } from '../../ui/view.js';
import { DeploymentDrawer } from './deployment-drawer.js';
import { ModulePrices } from './module-prices.js';
import { t } from './texts.js';

const parameters = defineParameters({ detail: optional() });

export function CreditsArea(): JSX.Element {
  const { timeZone } = usePlatform();
  const { detail } = parameters.here();
  const balance = useQuestion('own balance', (_, signal) => readBalance({}, signal));
  return (
    <View title={t('title')} subtitle={t('subtitle', { zone: timeZone })} class="credits-view">
      <Card title={creditsText('balance')}>
        <Answer of={balance} skeleton={<Skeleton size="card" />}>
          {(answer) => (
            <>
              <BalanceFigures balance={answer} />
              <ExpiringSoon balance={answer} />
              <LotsTable balance={answer} />
            </>
          )}
        </Answer>
      </Card>
      <ModulePrices balance={balance.settled.value?.answer ?? null} />
      <HistoryCard targetOf={(id) => parameters.target({ detail: id })} />
      {detail !== null && <DeploymentDrawer id={detail} onClose={() => parameters.go({ detail: null })} />}
    </View>
  );
}
