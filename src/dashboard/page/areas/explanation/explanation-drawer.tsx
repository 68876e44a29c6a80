/** The explanation of a row for people who are not accountants: the credits that paid, their price, and the share. */

import type { ComponentChildren, JSX } from 'preact';
import { rangeHere } from '../../address/range.js';
import { readExplanation, type Explanation } from '../../api/revenue.js';
import { useQuestion } from '../../question/question.js';
import { usePlatform } from '../../session/me.js';
import type { PanelProps } from '../../shell/panel.js';
import { Answer } from '../../ui/answer.js';
import { Drawer } from '../../ui/dialog.js';
import { DateTime, Name } from '../../ui/figures.js';
import { Arithmetic } from './arithmetic.js';
import { CreditsBar } from './credits-bar.js';
import { Customer } from './customer.js';
import { Movements } from './movements.js';
import { Payments } from './payments.js';
import { Sentence } from './sentence.js';
import { isFull } from './story.js';
import { t } from './texts.js';

export function ExplanationDrawer({ id, onClose }: PanelProps): JSX.Element {
  const explanation = useQuestion(id, readExplanation);
  const story = explanation.settled.value?.answer;
  return (
    <Drawer title={story === undefined ? t('why') : <Name text={story.moduleName} />} onClose={onClose}>
      <Answer of={explanation}>{(answer) => <Story story={answer} />}</Answer>
    </Drawer>
  );
}

function Story({ story }: { readonly story: Explanation }): JSX.Element {
  const { timeZone } = rangeHere(usePlatform().timeZone);
  const hasMovements = story.refunds.length + story.reversals.length + story.settlements.length > 0;
  return (
    <div class="story">
      <p class="subtitle">
        {t.rich('deployed', { when: <DateTime instant={story.createdAt} timeZone={timeZone} /> })} ·{' '}
        <code>{story.deploymentId}</code>
      </p>
      <Sentence story={story} />
      <Chapter title={t('theCredits')}>
        <CreditsBar row={story} />
      </Chapter>
      <Chapter title={t('payments')}>
        <Payments story={story} timeZone={timeZone} />
      </Chapter>
      <Chapter title={t('fromPrice')}>
        <Arithmetic story={story} />
      </Chapter>
      {hasMovements && (
        <Chapter title={t('later')}>
          <Movements story={story} timeZone={timeZone} />
        </Chapter>
      )}
      {isFull(story) && (
        <Chapter title={t('customer')}>
          <Customer story={story} />
        </Chapter>
      )}
    </div>
  );
}

function Chapter({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <section class="chapter">
      <h3>{title}</h3>
      {children}
    </section>
  );
}
