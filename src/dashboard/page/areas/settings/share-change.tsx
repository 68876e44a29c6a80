/** What became of a change of the share, also if its answer was lost. */

import type { JSX } from 'preact';
import { isRefused } from '../../api/problem.js';
import { changeShare, readShare, type TaggedVariable } from '../../api/settings.js';
import { share } from '../../exact/format.js';
import { Button } from '../../ui/button.js';
import { Name } from '../../ui/figures.js';
import { Notice } from '../../ui/view.js';
import { isSameShare } from './share.js';
import { t } from './texts.js';

/** If reading again takes longer, the share counts as unknown. */
const LONGEST_READ_MS = 10_000;

export interface ShareOutcome {
  readonly kind: 'changed' | 'refused' | 'conflict' | 'lost';
  /** Percent. */
  readonly wanted: string;
  /** The share in force; null: it could not be read, or nothing was changed. */
  readonly now: TaggedVariable | null;
  readonly error?: unknown;
}

/** @param etag of the share that the user saw */
export async function changeTo(wanted: string, etag: string): Promise<ShareOutcome> {
  try {
    return { kind: 'changed', wanted, now: await changeShare(wanted, etag) };
  } catch (error) {
    if (isRefused(error) && error.status !== 412) return { kind: 'refused', wanted, now: null, error };
    return readAfter(isRefused(error) ? 'conflict' : 'lost', wanted);
  }
}

/** After a conflict or a lost response, the share in force is read again. */
async function readAfter(kind: 'conflict' | 'lost', wanted: string): Promise<ShareOutcome> {
  try {
    return { kind, wanted, now: await readShare(AbortSignal.timeout(LONGEST_READ_MS)) };
  } catch {
    return { kind, wanted, now: null };
  }
}

export interface OutcomeNoticeProps {
  readonly outcome: ShareOutcome;
  readonly again: (attempt: Promise<ShareOutcome>) => void;
}

export function OutcomeNotice({ outcome, again }: OutcomeNoticeProps): JSX.Element {
  const { kind, now, error } = outcome;
  const wanted = share(outcome.wanted);
  if (kind === 'refused') {
    return (
      <Notice kind="bad">{t('notChanged', { why: error instanceof Error ? error.message : '' })}</Notice>
    );
  }
  if (now === null) {
    const text = kind === 'conflict' ? t('conflictUnread', { wanted }) : t('notKnown', { wanted });
    return (
      <Notice kind="bad">
        <p>{text}</p>
        <Button onPress={() => again(readAfter(kind === 'conflict' ? kind : 'lost', outcome.wanted))}>
          {t('readAgain')}
        </Button>
      </Notice>
    );
  }
  const { value, updatedBy } = now.value;
  const inForce = share(value);
  if (kind === 'changed') return <Notice kind="good">{t('changed', { share: inForce })}</Notice>;
  if (kind === 'conflict') {
    const who = <Name text={updatedBy ?? t('somebody')} />;
    return <Notice kind="bad">{t.rich('conflict', { who, share: inForce, wanted })}</Notice>;
  }
  const who = <Name text={updatedBy ?? t('theDefault')} />;
  return isSameShare(value, outcome.wanted) ? (
    <Notice kind="good">{t.rich('lostButChanged', { share: inForce, who })}</Notice>
  ) : (
    <Notice kind="bad">{t.rich('lostNotChanged', { share: inForce, who, wanted })}</Notice>
  );
}
