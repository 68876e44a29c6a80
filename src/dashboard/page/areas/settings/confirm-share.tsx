import type { JSX } from 'preact';
import { stepsOf, type Variable } from '../../api/settings.js';
import { share } from '../../exact/format.js';
import { dayName } from '../../exact/time.js';
import { usePlatform } from '../../session/me.js';
import { ConfirmDialog } from '../../ui/dialog.js';
import { sharesInShort } from '../../ui/share-words.js';
import { firstDay, stateOf, type ShareEdit } from './share-edit.js';
import { t } from './texts.js';

export interface ConfirmShareProps {
  readonly edit: ShareEdit;
  /** The share as it is now. */
  readonly variable: Variable;
  readonly onAnswer: (isConfirmed: boolean) => void;
}

/** Says what a change of the share replaces, and what it leaves, before it is sent. */
export function ConfirmShare({ edit, variable, onAnswer }: ConfirmShareProps): JSX.Element {
  const { timeZone } = usePlatform();
  const steps = stepsOf(variable);
  const now = sharesInShort(steps, timeZone);
  if (edit.kind === 'takeBack') {
    const index = steps.findIndex((step) => firstDay(step, timeZone) === edit.day);
    const isAhead = steps.slice(index, index + 1).every((step) => stateOf(step, new Date()) === 'scheduled');
    const stays = share(steps[index - 1]?.value ?? variable.value);
    return (
      <ConfirmDialog
        title={t('confirmTakeBack', { day: dayName(edit.day) })}
        text={isAhead ? t('takeBackAhead', { share: stays }) : t('takeBackPast', { share: stays })}
        action={t('takeBackStep')}
        isDanger={!isAhead}
        onAnswer={onAnswer}
      />
    );
  }
  const to = share(edit.value);
  return edit.from === null ? (
    <ConfirmDialog
      title={t('confirm', { from: now, to })}
      text={t('confirmText')}
      action={t('changeTheShare')}
      onAnswer={onAnswer}
    />
  ) : (
    <ConfirmDialog
      title={t('confirmFrom', { share: to, day: dayName(edit.from) })}
      text={t('confirmFromText')}
      action={t('scheduleShare')}
      onAnswer={onAnswer}
    />
  );
}
