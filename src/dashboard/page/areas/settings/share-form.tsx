import type { JSX } from 'preact';
import type { TaggedVariable } from '../../api/settings.js';
import type { Day } from '../../exact/time.js';
import { usePlatform } from '../../session/me.js';
import { Button } from '../../ui/button.js';
import { TextField } from '../../ui/field.js';
import { isDone, type ShareEdit } from './share-edit.js';
import { typedShare } from './share.js';
import { t } from './texts.js';

export interface ShareFormProps {
  readonly now: TaggedVariable;
  readonly text: string;
  readonly from: Day | null;
  readonly mayChange: boolean;
  readonly isSending: boolean;
  readonly onText: (text: string) => void;
  readonly onFrom: (day: Day | null) => void;
  readonly onSubmit: (edit: ShareEdit) => void;
}

/** A share and the day from which it holds. */
export function ShareForm(props: ShareFormProps): JSX.Element {
  const { now, text, from, mayChange, isSending, onText, onFrom, onSubmit } = props;
  const { timeZone } = usePlatform();
  const value = typedShare(text);
  const edit: ShareEdit | null = value === null ? null : { kind: 'set', value, from };
  const isSame = edit !== null && isDone(edit, now.value, timeZone);
  const submit = (event: Event): void => {
    event.preventDefault();
    if (edit !== null && !isSame) onSubmit(edit);
  };
  return (
    <form class="share-form" onSubmit={submit}>
      <TextField
        label={mayChange ? t('newShare') : t('tryShare')}
        name="share"
        inputMode="decimal"
        value={text}
        onInput={onText}
        error={value === null ? t('notANumber') : undefined}
      />
      <TextField
        label={t('fromDay')}
        type="date"
        value={from ?? ''}
        onInput={(day) => onFrom(day === '' ? null : day)}
      />
      {mayChange && (
        <Button
          kind="primary"
          type="submit"
          isDisabled={edit === null || isSame || isSending}
          title={isSame ? t('sameShare') : undefined}
        >
          {from === null ? t('change') : t('schedule')}
        </Button>
      )}
      <p class="hint">{t('fromDayHint', { zone: timeZone })}</p>
    </form>
  );
}
