/** Records an award, a purchase or a refund: what is typed is previewed, and what was previewed is sent. */

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { recordEntry, type Effect } from '../../api/credits.js';
import { Refusal } from '../../api/problem.js';
import { useQuestion, type Question } from '../../question/question.js';
import { useWriting } from '../../question/writing.js';
import { usePlatform } from '../../session/me.js';
import { Answer, Skeleton } from '../../ui/answer.js';
import { FormDialog } from '../../ui/form-dialog.js';
import { Notice } from '../../ui/view.js';
import { EffectView } from './effect.js';
import {
  NOTHING_TYPED,
  preview,
  wantedFrom,
  type Draft,
  type Previewed,
  type Wanted,
} from './entry-draft.js';
import { EntryFields } from './entry-fields.js';
import { t } from './texts.js';

export interface EntryDialogProps {
  readonly draft: Draft;
  /** The customer's name. */
  readonly name: string;
  /** @param total the credits that the customer has now */
  readonly onDone: (total: string) => void;
  /** @param wasSent whether something may have been recorded */
  readonly onClose: (wasSent: boolean) => void;
}

export function EntryDialog({ draft, name, onDone, onClose }: EntryDialogProps): JSX.Element {
  const { timeZone } = usePlatform();
  const [typed, setTyped] = useState(NOTHING_TYPED);
  const writing = useWriting<Effect>((outcome) => {
    if (outcome.kind === 'done') onDone(outcome.answer.balance.total);
  });
  const wanted = wantedFrom(draft, typed);
  const key = wanted === null ? null : JSON.stringify(wanted);
  const previewed = useQuestion(
    key,
    (asked, signal) => preview(JSON.parse(asked) as Wanted, timeZone, signal),
    key ?? '',
  );
  const agreed = previewed.settled.value?.answer.entry ?? null;
  // Another attempt would be another entry: what became of this one is asked about first.
  const isUnknown = writing.outcome?.kind === 'unknown';
  const submit = (): void => {
    if (agreed !== null) writing.send((headers, signal) => recordEntry(agreed, { headers, signal }));
  };
  return (
    <FormDialog
      title={titleOf(draft, name)}
      action={actionOf(draft)}
      isReady={agreed !== null && !isUnknown}
      writing={writing}
      onSubmit={submit}
      onClose={() => onClose(isUnknown)}
    >
      <fieldset class="entry-form" disabled={writing.isSending || isUnknown}>
        <EntryFields draft={draft} typed={typed} onType={(change) => setTyped({ ...typed, ...change })} />
      </fieldset>
      <div class="effect-place">
        {key === null ? <p class="hint">{t('enterCredits')}</p> : <Effects previewed={previewed} />}
      </div>
    </FormDialog>
  );
}

/** A refusal belongs to what is typed: it is shown as such, without a button to try the same again. */
function Effects({ previewed }: { readonly previewed: Question<string, Previewed> }): JSX.Element {
  const error = previewed.error.value;
  if (error instanceof Refusal && error.status < 500) return <Notice kind="bad">{error.message}</Notice>;
  return (
    <Answer of={previewed} skeleton={<Skeleton size="card" />}>
      {({ effect, entry }) => <EffectView effect={effect} kind={entry.kind} />}
    </Answer>
  );
}

function titleOf(draft: Draft, name: string): string {
  switch (draft.kind) {
    case 'award':
      return t('awardTitle', { name });
    case 'purchase':
      return t('purchaseTitle', { name });
    case 'refund':
      return t('refundDeploymentTitle', { id: draft.deploymentId });
    case 'purchaseRefund':
      return t('refundPurchaseTitle', { id: draft.purchaseId });
    case 'reversal':
      return t('reversalTitle', { id: draft.purchaseId });
    case 'release':
      return t('releaseTitle', { id: draft.reversalId });
  }
}

function actionOf({ kind }: Draft): string {
  switch (kind) {
    case 'award':
      return t('recordAward');
    case 'purchase':
      return t('recordPurchase');
    case 'reversal':
      return t('recordReversal');
    case 'release':
      return t('recordRelease');
    case 'refund':
    case 'purchaseRefund':
      return t('recordRefund');
  }
}
