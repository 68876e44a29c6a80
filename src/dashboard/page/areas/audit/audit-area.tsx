/** The audit: every change, and every refused attempt. */

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { readAudit, type AuditEvent } from '../../api/audit.js';
import { useQuestion } from '../../question/question.js';
import { Answer, EmptyState } from '../../ui/answer.js';
import { Button } from '../../ui/button.js';
import { ShowMore } from '../../ui/show-more.js';
import { View } from '../../ui/view.js';
import { AuditFilter, clearFilter, filterHere } from './audit-filter.js';
import { AuditTable } from './audit-table.js';
import { EventDrawer } from './event-drawer.js';
import { t } from './texts.js';

export function AuditArea(): JSX.Element {
  const [opened, setOpened] = useState<AuditEvent | null>(null);
  const { query, typed, isOrdered } = filterHere();
  const events = useQuestion(isOrdered ? query : null, readAudit, typed);
  const isFiltered = Object.keys(query).length > 0;
  return (
    <View title={t('audit')} subtitle={t('subtitle')} class="audit">
      <AuditFilter />
      {isOrdered && (
        <section class="card list">
          <Answer of={events}>
            {({ data }) =>
              data.length === 0 ? (
                <NoEvents isFiltered={isFiltered} />
              ) : (
                <>
                  <AuditTable events={data} onOpen={setOpened} />
                  <ShowMore of={events} read={(question, cursor) => readAudit({ ...question, cursor })} />
                </>
              )
            }
          </Answer>
        </section>
      )}
      {opened !== null && <EventDrawer event={opened} onClose={() => setOpened(null)} />}
    </View>
  );
}

function NoEvents({ isFiltered }: { readonly isFiltered: boolean }): JSX.Element {
  if (!isFiltered) return <EmptyState title={t('empty')}>{t('emptyText')}</EmptyState>;
  return (
    <EmptyState title={t('noMatch')} actions={<Button onPress={clearFilter}>{t('clear')}</Button>}>
      {t('noMatchText')}
    </EmptyState>
  );
}
