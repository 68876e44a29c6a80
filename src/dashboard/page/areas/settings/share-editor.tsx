/** The partners' share: shown, previewed, confirmed, and never set over another user's change. */

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { rangeParameters } from '../../address/range.js';
import { stepsOf, type TaggedVariable } from '../../api/settings.js';
import { readUserName } from '../../api/users.js';
import { share } from '../../exact/format.js';
import type { Day } from '../../exact/time.js';
import { usePlatform } from '../../session/me.js';
import { DateTime, Name } from '../../ui/figures.js';
import { useNames } from '../../ui/names.js';
import { Card } from '../../ui/view.js';
import { ConfirmShare } from './confirm-share.js';
import { changeTo, OutcomeNotice } from './share-change.js';
import { dayOf, daysOfEffect, trialOf, type ShareEdit } from './share-edit.js';
import { ShareForm } from './share-form.js';
import { SharePreview } from './share-preview.js';
import { useShareWriting } from './share-writing.js';
import { ShareSteps } from './share-steps.js';
import { typedShare } from './share.js';
import { t } from './texts.js';

export interface ShareEditorProps {
  readonly now: TaggedVariable;
  readonly mayChange: boolean;
  /** Called with the share in force after each attempt that could read it. */
  readonly onChange: (now: TaggedVariable) => void;
}

export function ShareEditor({ now, mayChange, onChange }: ShareEditorProps): JSX.Element {
  const [text, setText] = useState(now.value.value);
  const [from, setFrom] = useState<Day | null>(null);
  const [shown, setShown] = useState<number | null>(null);
  const [asking, setAsking] = useState<ShareEdit | null>(null);
  const { isSending, outcome, settle, forget } = useShareWriting((changed) => {
    setShown(null);
    onChange(changed);
  });
  const { timeZone } = usePlatform();
  const steps = stepsOf(now.value);
  const value = typedShare(text);

  const ask = (edit: ShareEdit): void => {
    if (!mayChange || isSending) return;
    forget();
    setAsking(edit);
  };
  const show = (index: number): void => {
    setShown(index);
    const days = daysOfEffect(steps, index, timeZone);
    if (days !== null) rangeParameters.go(days);
  };
  const typed = (change: () => void): void => {
    change();
    setShown(null);
  };
  const trial = shown !== null ? trialOf(steps, shown, timeZone) : value === null ? null : { value, from };
  return (
    <Card title={t('share')}>
      <div class="share-card">
        <ShareNow now={now} />
        <div>
          <ShareForm
            now={now}
            text={text}
            from={from}
            mayChange={mayChange}
            isSending={isSending}
            onText={(changed) => typed(() => setText(changed))}
            onFrom={(changed) => typed(() => setFrom(changed))}
            onSubmit={ask}
          />
          {outcome !== null && <OutcomeNotice outcome={outcome} again={(attempt) => void settle(attempt)} />}
        </div>
      </div>
      <ShareSteps
        steps={steps}
        shown={shown}
        mayChange={mayChange}
        onShow={show}
        onTakeBack={(index) => {
          const day = dayOf(steps, index, timeZone);
          if (day !== null) ask({ kind: 'takeBack', day });
        }}
      />
      <SharePreview trial={trial} version={now.etag} />
      {asking !== null && (
        <ConfirmShare
          edit={asking}
          variable={now.value}
          onAnswer={(isConfirmed) => {
            setAsking(null);
            if (isConfirmed) void settle(changeTo(asking, now.etag));
          }}
        />
      )}
    </Card>
  );
}

function ShareNow({ now }: { readonly now: TaggedVariable }): JSX.Element {
  const { value, updatedAt, updatedBy } = now.value;
  const nameOf = useNames(updatedBy === null ? [] : [updatedBy], readUserName);
  return (
    <div>
      <p class="share-now">{share(value)}</p>
      <p class="hint">
        {updatedAt === null || updatedBy === null
          ? t('sinceEver')
          : t.rich(stepsOf(now.value).length > 1 ? 'lastChanged' : 'since', {
              when: <DateTime instant={updatedAt} />,
              who: <Name text={nameOf(updatedBy)} title={updatedBy} />,
            })}
      </p>
    </div>
  );
}
