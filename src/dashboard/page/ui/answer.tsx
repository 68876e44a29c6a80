/** What a part of the page shows while its question is loading, failed, or answered. */

import type { ComponentChildren, JSX } from 'preact';
import { Refusal, Unreachable } from '../api/problem.js';
import type { Asked, Question } from '../question/question.js';
import { Button } from './button.js';
import { Icon, type IconName } from './icon.js';
import { t } from './texts.js';

export interface AnswerProps<Q, A> {
  readonly of: Question<Q, A>;
  /** Shown before the first answer; has the size of the content, so that nothing moves. */
  readonly skeleton?: ComponentChildren;
  /** Another way out of a failure. */
  readonly wayOut?: ComponentChildren;
  readonly children: (answer: A, asked: Asked<Q, A>) => ComponentChildren;
}

/**
 * Draws the answer of a question. While a new one is loading, the answer before stays and is marked busy; after a
 * failure it goes, because it does not belong to what is asked now.
 */
export function Answer<Q, A>(props: AnswerProps<Q, A>): JSX.Element {
  const { of, skeleton = <Skeleton />, wayOut, children } = props;
  const shown = of.shown.value;
  const error = of.error.value;
  const isLoading = of.isLoading.value;
  return (
    <div class={`answer ${of.isSlow.value ? 'slow' : ''}`} aria-busy={isLoading}>
      {of.isSlow.value && <p class="slow-note">{t('stillLoading')}</p>}
      {error !== null && <ProblemPanel error={error} retry={of.again} wayOut={wayOut} />}
      {error === null && shown === null && skeleton}
      {error === null && shown !== null && children(shown.answer, shown)}
    </div>
  );
}

/** @param size the height of the content to come */
export function Skeleton({ size = 'tall' }: { readonly size?: 'row' | 'card' | 'tall' }): JSX.Element {
  return (
    <div>
      <p class="sr" role="status">
        {t('loading')}
      </p>
      <div class={`ghost ${size === 'card' ? 'block' : size}`} />
    </div>
  );
}

export interface ProblemPanelProps {
  readonly error: unknown;
  readonly retry: () => void;
  readonly wayOut?: ComponentChildren;
}

/** What went wrong, what to do about it, and a button to try again. */
export function ProblemPanel({ error, retry, wayOut }: ProblemPanelProps): JSX.Element {
  const { title, advice, icon } = explain(error);
  const requestId = error instanceof Refusal ? error.requestId : '';
  return (
    <section class="problem" role="alert">
      <Icon name={icon} />
      <h2>{title}</h2>
      <p>{advice}</p>
      <p class="actions">
        <Button onPress={retry}>{t('tryAgain')}</Button>
        {wayOut}
      </p>
      {requestId !== '' && <p class="hint">{t.rich('requestId', { id: <code>{requestId}</code> })}</p>}
    </section>
  );
}

/** Whether the cursor of a page is no longer valid. */
export function isStalePage(error: unknown): boolean {
  return error instanceof Refusal && error.code === 'PAGING.BAD_CURSOR';
}

interface Explained {
  readonly title: string;
  readonly advice: string;
  readonly icon: IconName;
}

function explain(error: unknown): Explained {
  if (error instanceof Unreachable) {
    return navigator.onLine
      ? { title: t('noAnswer'), advice: t('noAnswerAdvice'), icon: 'warning' }
      : { title: t('offline'), advice: t('offlineAdvice'), icon: 'offline' };
  }
  if (isStalePage(error)) return { title: t('listChanged'), advice: t('listChangedAdvice'), icon: 'warning' };
  if (error instanceof Refusal) {
    if (error.status !== 503) return { title: error.title, advice: error.message, icon: 'warning' };
    const advice = error.pause_s === 0 ? t('tryInAMoment') : t('tryInSeconds', { count: error.pause_s });
    return { title: t('unavailable'), advice, icon: 'warning' };
  }
  // A part of the page that cannot be loaded: the service was updated, and has other files now.
  if (error instanceof TypeError && /import|module/i.test(error.message)) {
    return { title: t('outdated'), advice: t('outdatedAdvice'), icon: 'warning' };
  }
  return { title: t('mistake'), advice: t('mistakeAdvice'), icon: 'warning' };
}

export interface EmptyStateProps {
  readonly icon?: IconName;
  readonly title: ComponentChildren;
  /** Why nothing is here, and what to do. */
  readonly children?: ComponentChildren;
  readonly actions?: ComponentChildren;
}

export function EmptyState({ icon = 'search', title, children, actions }: EmptyStateProps): JSX.Element {
  return (
    <section class="problem empty">
      <Icon name={icon} />
      <h2>{title}</h2>
      {children !== undefined && <p>{children}</p>}
      {actions !== undefined && <p class="actions">{actions}</p>}
    </section>
  );
}
