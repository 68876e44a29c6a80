/** Settings: finance can read them; admin can change the partners' share, after a preview of its effect. */

import type { JSX } from 'preact';
import { readHistory, readShare, readVariables, type VariableChange } from '../../api/settings.js';
import { share } from '../../exact/format.js';
import { readUserName } from '../../api/users.js';
import { useQuestion } from '../../question/question.js';
import { useCaller } from '../../session/me.js';
import { Answer, Skeleton } from '../../ui/answer.js';
import { DateTime, DayName, Name } from '../../ui/figures.js';
import { useNames } from '../../ui/names.js';
import { Table, type Column } from '../../ui/table.js';
import { Card, View } from '../../ui/view.js';
import { OtherSettings } from './other-settings.js';
import { ShareEditor } from './share-editor.js';
import { t } from './texts.js';

export function SettingsView(): JSX.Element {
  const mayChange = useCaller().rights.settings === 'change';
  const current = useQuestion('share', (_, signal) => readShare(signal));
  const history = useQuestion('history', (_, signal) => readHistory(signal));
  const variables = useQuestion('variables', (_, signal) => readVariables(signal));
  return (
    <View title={t('settings')} subtitle={mayChange ? t('subtitle') : t('readOnly')} class="settings">
      <Answer of={current}>
        {(now) => (
          <ShareEditor
            now={now}
            mayChange={mayChange}
            onChange={(changed) => {
              current.amend(() => changed);
              history.again();
            }}
          />
        )}
      </Answer>
      <Card title={t('history')} class="history">
        <Answer of={history} skeleton={<Skeleton size="card" />}>
          {(changes) => <History changes={changes} />}
        </Answer>
      </Card>
      <Card title={t('otherSettings')}>
        <Answer of={variables} skeleton={<Skeleton size="card" />}>
          {(all) => <OtherSettings variables={all} mayChange={mayChange} onChange={variables.again} />}
        </Answer>
      </Card>
    </View>
  );
}

function historyColumns(nameOf: (id: string) => string): readonly Column<VariableChange>[] {
  return [
    { id: 'when', head: t('when'), least: 16, cell: ({ when }) => <DateTime instant={when} /> },
    { id: 'who', head: t('who'), least: 12, cell: ({ who }) => <Name text={nameOf(who)} title={who} /> },
    { id: 'from', head: t('from'), kind: 'number', cell: ({ from }) => share(from) },
    { id: 'to', head: t('to'), kind: 'number', cell: ({ to }) => <strong>{share(to)}</strong> },
    {
      id: 'holdsFrom',
      head: t('holdsFrom'),
      least: 8,
      cell: ({ effectiveFrom: day }) => (day ? <DayName day={day} /> : t('allSteps')),
    },
  ];
}

function History({ changes }: { readonly changes: readonly VariableChange[] }): JSX.Element {
  const nameOf = useNames(
    changes.map(({ who }) => who),
    readUserName,
  );
  if (changes.length === 0) return <p class="hint pad">{t('neverChanged')}</p>;
  return (
    <Table
      caption={t('historyCaption')}
      columns={historyColumns(nameOf)}
      rows={changes}
      keyOf={({ when }) => when}
      size="few"
    />
  );
}
