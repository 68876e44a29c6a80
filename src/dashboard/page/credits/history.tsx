/** A user's credit history: the newest line first, for all days or some, also as a file. */

import type { JSX } from 'preact';
import { defineParameters } from '../address/parameters.js';
import { day } from '../address/range.js';
import { readHistory, type HistoryQuery } from '../api/credits.js';
import { useQuestion } from '../question/question.js';
import { usePlatform } from '../session/me.js';
import { Answer, EmptyState } from '../ui/answer.js';
import { Button } from '../ui/button.js';
import { ExportCsv } from '../ui/export-csv.js';
import { TextField } from '../ui/field.js';
import { ShowMore } from '../ui/show-more.js';
import { Card } from '../ui/view.js';
import { HistoryTable, type HistoryTableProps } from './history-table.js';
import { t } from './texts.js';

const parameters = defineParameters({ since: day, until: day });

export interface HistoryCardProps extends Pick<HistoryTableProps, 'targetOf' | 'actionsOf'> {
  /** Absent: the caller. */
  readonly userId?: string;
  /** Another number: something was recorded, so the history is read again. */
  readonly version?: number;
}

export function HistoryCard({ userId, version = 0, ...table }: HistoryCardProps): JSX.Element {
  const { timeZone } = usePlatform();
  const { since, until } = parameters.here();
  const isOrdered = since === null || until === null || since <= until;
  const query: HistoryQuery = {
    userId,
    startDate: since ?? undefined,
    endDate: until ?? undefined,
    timeZone,
  };
  const history = useQuestion(isOrdered ? { query, version } : null, (asked, signal) =>
    readHistory(asked.query, null, signal),
  );
  const asked = history.settled.value;
  return (
    <Card title={t('history')} class="history">
      <div class="history-bar">
        <Days isOrdered={isOrdered} />
        <ExportCsv
          path="credits/history"
          query={asked?.answer.data.length ? { ...asked.question.query, order: 'desc' } : null}
        />
      </div>
      {isOrdered && (
        <Answer of={history}>
          {(answer) =>
            answer.data.length === 0 ? (
              <NoLines isAllDays={since === null && until === null} />
            ) : (
              <>
                <HistoryTable {...table} lines={answer.data} />
                <ShowMore of={history} read={({ query: same }, cursor) => readHistory(same, cursor)} />
              </>
            )
          }
        </Answer>
      )}
    </Card>
  );
}

function Days({ isOrdered }: { readonly isOrdered: boolean }): JSX.Element {
  const { since, until } = parameters.here();
  return (
    <div class="days" role="group" aria-label={t('history')}>
      <TextField
        label={t('firstDay')}
        type="date"
        value={since ?? ''}
        onInput={(value) => parameters.replace({ since: value || null })}
      />
      <TextField
        label={t('lastDay')}
        type="date"
        value={until ?? ''}
        onInput={(value) => parameters.replace({ until: value || null })}
        error={isOrdered ? undefined : t('firstAfterLast')}
      />
      {(since !== null || until !== null) && (
        <Button kind="quiet" onPress={() => parameters.go({ since: null, until: null })}>
          {t('clearDates')}
        </Button>
      )}
    </div>
  );
}

function NoLines({ isAllDays }: { readonly isAllDays: boolean }): JSX.Element {
  return (
    <EmptyState icon="calendar" title={isAllDays ? t('noHistory') : t('noLines')}>
      {isAllDays ? t('noHistoryAdvice') : t('noLinesAdvice')}
    </EmptyState>
  );
}
