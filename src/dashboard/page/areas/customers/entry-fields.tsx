import type { JSX } from 'preact';
import { usePlatform } from '../../session/me.js';
import { TextField } from '../../ui/field.js';
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
  const isRefund = draft.kind === 'refund' || draft.kind === 'purchaseRefund';
  return (
    <>
      <TextField
        label={t('credits')}
        inputMode="decimal"
        value={typed.credits}
        hint={isRefund ? t('leftEmpty') : undefined}
        error={mistakes.credits ? t('notAnAmount') : undefined}
        onInput={(credits) => onType({ credits })}
      />
      {draft.kind === 'purchase' && (
        <TextField
          label={t('amount')}
          inputMode="decimal"
          value={typed.amount}
          hint={t('amountHint', { currency })}
          error={mistakes.amount ? t('notAnAmount') : undefined}
          onInput={(amount) => onType({ amount })}
        />
      )}
      {!isRefund && <LastDay value={typed.lastDay} onInput={(lastDay) => onType({ lastDay })} />}
      {draft.kind !== 'purchase' && (
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
