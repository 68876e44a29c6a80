/** Signals of a month: what a person should look at. */

import type { JSX } from 'preact';
import { defineParameters, text } from '../../address/parameters.js';
import { readSignals, type Signal, type SignalKind, type Signals } from '../../api/signals.js';
import { monthName } from '../../exact/time.js';
import { useQuestion } from '../../question/question.js';
import { usePlatform } from '../../session/me.js';
import { Answer, EmptyState } from '../../ui/answer.js';
import { Link } from '../../ui/button.js';
import { Select } from '../../ui/field.js';
import { Count, Name } from '../../ui/figures.js';
import { Card, View } from '../../ui/view.js';
import { monthsOf } from './months.js';
import { SignalSentence } from './signal-sentence.js';
import { t } from './texts.js';

const parameters = defineParameters({ month: text() });

/** In the order of the service's answer. */
const KINDS = [
  'reversedRevenue',
  'oneCustomer',
  'refundedInCircles',
  'related',
  'costlierThanBefore',
] as const satisfies readonly SignalKind[];

export function SignalsArea(): JSX.Element {
  const { timeZone } = usePlatform();
  const { month } = parameters.here();
  const found = useQuestion(month === '' ? {} : { month }, readSignals);
  return (
    <View title={t('signals')} subtitle={t('subtitle', { zone: timeZone })} class="signals">
      <MonthSelect month={month} />
      <Answer of={found}>{(signals) => <Kinds signals={signals} />}</Answer>
    </View>
  );
}

function MonthSelect({ month }: { readonly month: string }): JSX.Element {
  const { days } = usePlatform();
  const months = monthsOf(days);
  const others = month === '' || months.includes(month) ? [] : [month];
  return (
    <div class="filter" role="search">
      <Select
        label={t('month')}
        value={month}
        options={[
          { value: '', label: t('lastMonth') },
          ...[...others, ...months].map((value) => ({ value, label: monthName(value) })),
        ]}
        onChoose={(value) => parameters.go({ month: value })}
      />
    </div>
  );
}

function Kinds({ signals }: { readonly signals: Signals }): JSX.Element {
  if (signals.data.length === 0) {
    return (
      <section class="card">
        <EmptyState title={t('nothing', { month: monthName(signals.month) })}>
          {t('nothingAdvice')}
        </EmptyState>
      </section>
    );
  }
  const found = KINDS.filter((kind) => signals.counts[kind] > 0);
  return (
    <>
      {found.map((kind) => (
        <Kind key={kind} kind={kind} signals={signals} />
      ))}
    </>
  );
}

function Kind({ kind, signals }: { readonly kind: SignalKind; readonly signals: Signals }): JSX.Element {
  const shown = signals.data.filter((signal) => signal.kind === kind);
  const hidden = signals.counts[kind] - shown.length;
  return (
    <Card title={t(kind)} label={t(kind)} aside={<Count value={signals.counts[kind]} />} class="signal-kind">
      <p class="hint">{t(`${kind}Hint`)}</p>
      <ul class="signal-list">
        {shown.map((signal) => (
          <li key={[signal.userId, signal.partnerId, signal.moduleId, ...signal.deploymentIds].join('\n')}>
            <SignalSentence signal={signal} currency={signals.currency} />
            <Deployments signal={signal} />
          </li>
        ))}
      </ul>
      {hidden > 0 && <p class="hint">{t('more', { count: hidden })}</p>}
    </Card>
  );
}

/** Links to the explanations of the deployments, in the report. */
function Deployments({ signal: { deploymentIds } }: { readonly signal: Signal }): JSX.Element | null {
  if (deploymentIds.length === 0) return null;
  return (
    <details>
      <summary>
        {t('deployments')} <Count value={deploymentIds.length} />
      </summary>
      <ul class="signal-rows">
        {deploymentIds.map((id) => (
          <li key={id}>
            <Link to={`/?${new URLSearchParams({ range: 'all', includeFree: 'true', deployment: id })}`}>
              <Name text={id} />
            </Link>
          </li>
        ))}
      </ul>
    </details>
  );
}
