/** What became of a change of the share, also if its answer was lost. */

import type { JSX } from 'preact';
import { isRefused } from '../../api/problem.js';
import { changeShare, readShare, stepsOf, takeBackStep, type TaggedVariable } from '../../api/settings.js';
import { share } from '../../exact/format.js';
import { dayName } from '../../exact/time.js';
import { usePlatform } from '../../session/me.js';
import { Button } from '../../ui/button.js';
import { Name } from '../../ui/figures.js';
import { sharesInShort } from '../../ui/share-words.js';
import { Notice } from '../../ui/view.js';
import { isDone, type ShareEdit } from './share-edit.js';
import { t } from './texts.js';

/** If reading again takes longer, the share counts as unknown. */
const LONGEST_READ_MS = 10_000;

export interface ShareOutcome {
  readonly kind: 'changed' | 'refused' | 'conflict' | 'lost';
  readonly edit: ShareEdit;
  /** The share in force; null: it could not be read, or nothing was changed. */
  readonly now: TaggedVariable | null;
  readonly error?: unknown;
}

/** @param etag of the share that the user saw */
export async function changeTo(edit: ShareEdit, etag: string): Promise<ShareOutcome> {
  try {
    const now = await (edit.kind === 'set' ? changeShare(edit, etag) : takeBackStep(edit.day, etag));
    return { kind: 'changed', edit, now };
  } catch (error) {
    if (isRefused(error) && error.status !== 412) return { kind: 'refused', edit, now: null, error };
    return readAfter(isRefused(error) ? 'conflict' : 'lost', edit);
  }
}

/** After a conflict or a lost response, the share in force is read again. */
async function readAfter(kind: 'conflict' | 'lost', edit: ShareEdit): Promise<ShareOutcome> {
  try {
    return { kind, edit, now: await readShare(AbortSignal.timeout(LONGEST_READ_MS)) };
  } catch {
    return { kind, edit, now: null };
  }
}

export interface OutcomeNoticeProps {
  readonly outcome: ShareOutcome;
  readonly again: (attempt: Promise<ShareOutcome>) => void;
}

export function OutcomeNotice({ outcome, again }: OutcomeNoticeProps): JSX.Element {
  const { timeZone } = usePlatform();
  const { kind, edit, now, error } = outcome;
  if (kind === 'refused') {
    return (
      <Notice kind="bad">{t('notChanged', { why: error instanceof Error ? error.message : '' })}</Notice>
    );
  }
  if (now === null) {
    return (
      <Notice kind="bad">
        <p>{unreadText(kind, edit)}</p>
        <Button onPress={() => again(readAfter(kind === 'conflict' ? kind : 'lost', edit))}>
          {t('readAgain')}
        </Button>
      </Notice>
    );
  }
  const inForce = sharesInShort(stepsOf(now.value), timeZone);
  if (kind === 'changed') return <Notice kind="good">{t('changed', { share: inForce })}</Notice>;
  const { updatedBy } = now.value;
  if (kind === 'conflict') {
    const values = { who: <Name text={updatedBy ?? t('somebody')} />, share: inForce };
    return (
      <Notice kind="bad">
        {edit.kind === 'set'
          ? t.rich('conflict', { ...values, wanted: wish(edit) })
          : t.rich('conflictStep', { ...values, day: dayName(edit.day) })}
      </Notice>
    );
  }
  const values = { who: <Name text={updatedBy ?? t('theDefault')} />, share: inForce };
  if (isDone(edit, now.value, timeZone)) {
    return <Notice kind="good">{t.rich('lostButChanged', values)}</Notice>;
  }
  return (
    <Notice kind="bad">
      {edit.kind === 'set'
        ? t.rich('lostNotChanged', { ...values, wanted: wish(edit) })
        : t.rich('lostNotTakenBack', { ...values, day: dayName(edit.day) })}
    </Notice>
  );
}

function unreadText(kind: ShareOutcome['kind'], edit: ShareEdit): string {
  if (edit.kind === 'set') {
    const wanted = wish(edit);
    return kind === 'conflict' ? t('conflictUnread', { wanted }) : t('notKnown', { wanted });
  }
  const day = dayName(edit.day);
  return kind === 'conflict' ? t('conflictStepUnread', { day }) : t('notKnownStep', { day });
}

/** The share that was asked for: 25 %, or 25 % from 1 Mar 2027 on. */
function wish({ value, from }: Extract<ShareEdit, { readonly kind: 'set' }>): string {
  return from === null ? share(value) : t('shareFrom', { share: share(value), day: dayName(from) });
}
