/** The partners' share: shown, previewed, confirmed, and never set over another user's change. */

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { TaggedVariable } from '../../api/settings.js';
import { share } from '../../exact/format.js';
import { useCaller } from '../../session/me.js';
import { Button } from '../../ui/button.js';
import { ConfirmDialog } from '../../ui/dialog.js';
import { TextField } from '../../ui/field.js';
import { DateTime, Name } from '../../ui/figures.js';
import { Card } from '../../ui/view.js';
import { SharePreview } from './share-preview.js';
import { changeTo, OutcomeNotice, type ShareOutcome } from './share-change.js';
import { isSameShare, typedShare } from './share.js';
import { t } from './texts.js';

export interface ShareEditorProps {
  readonly now: TaggedVariable;
  readonly mayChange: boolean;
  /** Called with the share in force after each attempt that could read it. */
  readonly onChange: (now: TaggedVariable) => void;
}

export function ShareEditor({ now, mayChange, onChange }: ShareEditorProps): JSX.Element {
  const { amendPlatform } = useCaller();
  const [text, setText] = useState(now.value.value);
  const [isAsking, setAsking] = useState(false);
  const [isSending, setSending] = useState(false);
  const [outcome, setOutcome] = useState<ShareOutcome | null>(null);
  const wanted = typedShare(text);
  const isSame = wanted !== null && isSameShare(wanted, now.value.value);

  const settle = async (attempt: Promise<ShareOutcome>): Promise<void> => {
    setSending(true);
    const result = await attempt;
    if (result.now !== null) {
      amendPlatform({ share: result.now.value.value });
      onChange(result.now);
    }
    setOutcome(result);
    setSending(false);
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    if (!mayChange || wanted === null || isSame || isSending) return;
    setOutcome(null);
    setAsking(true);
  };
  const confirm = (isConfirmed: boolean): void => {
    setAsking(false);
    if (isConfirmed && wanted !== null) void settle(changeTo(wanted, now.etag));
  };
  return (
    <Card title={t('share')}>
      <div class="share-card">
        <ShareNow now={now} />
        <div>
          <form class="share-form" onSubmit={submit}>
            <TextField
              label={mayChange ? t('newShare') : t('tryShare')}
              name="share"
              inputMode="decimal"
              value={text}
              onInput={setText}
              error={wanted === null ? t('notANumber') : undefined}
            />
            {mayChange && (
              <Button
                kind="primary"
                type="submit"
                isDisabled={wanted === null || isSame || isSending}
                title={isSame ? t('sameShare') : undefined}
              >
                {t('change')}
              </Button>
            )}
          </form>
          {outcome !== null && <OutcomeNotice outcome={outcome} again={(attempt) => void settle(attempt)} />}
        </div>
      </div>
      <SharePreview value={wanted} inForce={now.value.value} />
      {isAsking && wanted !== null && (
        <ConfirmDialog
          title={t('confirm', { from: share(now.value.value), to: share(wanted) })}
          text={t('confirmText')}
          action={t('changeTheShare')}
          onAnswer={confirm}
        />
      )}
    </Card>
  );
}

function ShareNow({ now }: { readonly now: TaggedVariable }): JSX.Element {
  const { value, updatedAt, updatedBy } = now.value;
  return (
    <div>
      <p class="share-now">{share(value)}</p>
      <p class="hint">
        {updatedAt === null || updatedBy === null
          ? t('sinceEver')
          : t.rich('since', { when: <DateTime instant={updatedAt} />, who: <Name text={updatedBy} /> })}
      </p>
    </div>
  );
}
