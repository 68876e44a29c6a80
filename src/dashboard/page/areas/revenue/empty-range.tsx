/** Shown if the range is empty: when the last revenue was, and a button that shows it. */

import type { JSX } from 'preact';
import { go } from '../../address/location.js';
import { readReport, type Row } from '../../api/revenue.js';
import { addDays, dayName, today } from '../../exact/time.js';
import { useQuestion } from '../../question/question.js';
import { EmptyState } from '../../ui/answer.js';
import { Button } from '../../ui/button.js';
import type { RevenueQuestion } from './question.js';
import { t } from './texts.js';

/** Number of days that the button shows. */
const DAYS_SHOWN = 30;

export function EmptyRange({ question }: { readonly question: RevenueQuestion }): JSX.Element {
  const { includeFree } = question.address;
  const { startDate: _, endDate: __, ...filter } = question.filter;
  const last = useQuestion(
    { ...filter, sort: 'createdAt', order: 'desc' } as const,
    async (query, signal) => {
      const { data } = await readReport({ ...query, limit: 1 }, signal);
      return data[0] ?? null;
    },
  );
  const found = last.settled.value?.answer;
  return (
    <EmptyState
      icon="calendar"
      title={includeFree ? t('noDeployment') : t('noRevenue')}
      actions={found !== undefined && <Actions last={found} question={question} />}
    >
      {last.error.value === null ? <Advice last={found} question={question} /> : t('adviceChooseAnother')}
    </EmptyState>
  );
}

interface LastProps {
  /** Null: there is none; undefined: not known yet. */
  readonly last: Row | null | undefined;
  readonly question: RevenueQuestion;
}

function Advice({ last, question }: LastProps): JSX.Element {
  const { includeFree } = question.address;
  if (last === undefined) return <>{t('lookingForLast')}</>;
  if (last === null) return <>{includeFree ? t('nothingDeployed') : t('nothingPurchased')}</>;
  const day = dayName(today(question.timeZone, new Date(last.createdAt)));
  return <>{includeFree ? t('lastDeployment', { day }) : t('lastRevenue', { day })}</>;
}

function Actions({ last, question }: LastProps): JSX.Element {
  const showLast = (): void => {
    if (!last) return;
    const day = today(question.timeZone, new Date(last.createdAt));
    go({ range: null, startDate: addDays(day, 1 - DAYS_SHOWN), endDate: day });
  };
  return (
    <>
      {last && (
        <Button kind="primary" onPress={showLast}>
          {t('showDaysUpTo', { count: DAYS_SHOWN })}
        </Button>
      )}
      {!question.address.includeFree && (
        <Button onPress={() => go({ includeFree: true })}>{t('includeFree')}</Button>
      )}
    </>
  );
}
