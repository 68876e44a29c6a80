import type { JSX } from 'preact';
import { usePlatform } from '../../session/me.js';
import { Select, TextField } from '../../ui/field.js';
import { reversalReason } from '../../credits/entry-words.js';
import { mistakesIn, type Draft, type Typed } from './entry-draft.js';
import { t } from './texts.js';

export interface EntryFieldsProps {
  readonly draft: Draft;
  readonly typed: Typed;
  readonly onType: (change: Partial<Typed>) => void;
}

/** The fields of one kind of entry. */
export function EntryFields({ draft, typed, onType }: EntryFieldsProps): JSX.Element {
  const { currency } = usePlatform();
  const mistakes = mistakesIn(draft, typed);
  const { kind } = draft;
  if (kind === 'release') return <p class="hint">{t('releaseHint')}</p>;
  const takesAll = kind !== 'award' && kind !== 'purchase';
  return (
    <>
      <TextField
        label={t('credits')}
        inputMode="decimal"
        value={typed.credits}
        hint={takesAll ? t('leftEmpty') : undefined}
        error={mistakes.credits ? t('notAnAmount') : undefined}
        onInput={(credits) => onType({ credits })}
      />
      {kind === 'purchase' && (
        <TextField
          label={t('amount')}
          inputMode="decimal"
          value={typed.amount}
          hint={t('amountHint', { currency })}
          error={mistakes.amount ? t('notAnAmount') : undefined}
          onInput={(amount) => onType({ amount })}
        />
      )}
      {!takesAll && <LastDay value={typed.lastDay} onInput={(lastDay) => onType({ lastDay })} />}
      {kind === 'reversal' && <Cause value={typed.cause} onChoose={(cause) => onType({ cause })} />}
      {kind !== 'purchase' && kind !== 'reversal' && (
        <TextField
          label={t('reason')}
          hint={t('reasonHint')}
          value={typed.reason}
          onInput={(reason) => onType({ reason })}
        />
      )}
    </>
  );
}

interface CauseProps {
  readonly value: Typed['cause'];
  readonly onChoose: (value: Typed['cause']) => void;
}

function Cause({ value, onChoose }: CauseProps): JSX.Element {
  const causes = ['', 'chargeback', 'paymentFailed', 'fraud', 'other'] as const;
  return (
    <Select
      label={t('cause')}
      value={value}
      options={causes.map((cause) => ({
        value: cause,
        label: cause === '' ? t('notTold') : reversalReason(cause),
      }))}
      onChoose={onChoose}
    />
  );
}

export interface LastDayProps {
  /** Empty: never. */
  readonly value: string;
  readonly onInput: (value: string) => void;
}

/** The last day on which the credits of an award or a purchase can pay. */
export function LastDay({ value, onInput }: LastDayProps): JSX.Element {
  const { timeZone } = usePlatform();
  return (
    <TextField
      label={t('expires')}
      type="date"
      hint={t('expiresHint', { zone: timeZone })}
      value={value}
      onInput={onInput}
    />
  );
}
