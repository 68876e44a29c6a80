import type { JSX } from 'preact';
import { readChanges } from '../../api/statements.js';
import { useQuestion } from '../../question/question.js';
import { Answer } from '../../ui/answer.js';
import { Card } from '../../ui/view.js';
import { AdjustmentTable } from './adjustment-table.js';
import { t } from './texts.js';

export interface ChangesSinceProps {
  /** Of the statement. */
  readonly id: string;
  /** ISO 4217. */
  readonly currency: string;
}

/** What changed of a statement's month since its closing. It is not part of the document, so it is not printed. */
export function ChangesSince({ id, currency }: ChangesSinceProps): JSX.Element {
  const changes = useQuestion(id, readChanges);
  return (
    <Card title={t('changes')} class="changes-since">
      <p class="hint pad">{t('changesHint')}</p>
      <Answer of={changes}>
        {({ settled, open }) =>
          settled.length + open.length === 0 ? (
            <p class="hint pad">{t('noChanges')}</p>
          ) : (
            <AdjustmentTable
              caption={t('changes')}
              lines={[...settled, ...open]}
              currency={currency}
              isSettled
            />
          )
        }
      </Answer>
    </Card>
  );
}
