import type { ComponentChildren, JSX } from 'preact';
import type { Writing } from '../question/writing.js';
import { Button } from './button.js';
import { Notice } from './view.js';
import { t } from './writing-texts.js';

export interface OutcomeNoticeProps<T> {
  readonly of: Writing<T>;
  /** For a write that cannot be asked about again. */
  readonly lost?: ComponentChildren;
}

/** A write that was refused, or whose answer was lost; nothing while there is neither. */
export function OutcomeNotice<T>({ of, lost }: OutcomeNoticeProps<T>): JSX.Element | null {
  const { outcome, askAgain } = of;
  if (outcome === null || outcome.kind === 'done') return null;
  if (outcome.kind === 'refused') {
    return <Notice kind="bad">{t('nothingChanged', { why: outcome.refusal.message })}</Notice>;
  }
  if (lost !== undefined) return <Notice kind="bad">{lost}</Notice>;
  return (
    <Notice kind="bad">
      <div class="stack">
        <p>{t('notKnown')}</p>
        <p>
          <Button onPress={askAgain}>{t('askAgain')}</Button>
        </p>
      </div>
    </Notice>
  );
}
