/** Closed months, for finance and admin: the next closing with its preview, and what to pay for each month. */

import type { JSX } from 'preact';
import { goTo } from '../../address/router.js';
import { readClosings, type Closing } from '../../api/statements.js';
import { readUsers, userName } from '../../api/users.js';
import { monthName } from '../../exact/time.js';
import { useQuestion } from '../../question/question.js';
import { usePlatform } from '../../session/me.js';
import { Answer, EmptyState } from '../../ui/answer.js';
import { Link } from '../../ui/button.js';
import { Combobox, type Choice } from '../../ui/combobox.js';
import { Count, DateTime } from '../../ui/figures.js';
import { Table, type Column } from '../../ui/table.js';
import { View } from '../../ui/view.js';
import { partnerTarget } from './back.js';
import { NextClosing } from './next-closing.js';
import { t } from './texts.js';

const FOUND_PARTNERS = 8;

export function Closings(): JSX.Element {
  const { timeZone } = usePlatform();
  const closings = useQuestion('closings', (_, signal) => readClosings(signal));
  const zone = closings.shown.value?.answer[0]?.timeZone ?? timeZone;
  return (
    <View title={t('statements')} subtitle={t('subtitle', { zone })} class="statements">
      <Answer of={closings}>
        {(closed) => (
          <div class="stack">
            <NextClosing
              key={closed.length}
              last={closed.at(-1) ?? null}
              onClosed={(one) => closings.amend((all) => withClosing(all, one))}
            />
            <section class="card list">
              <div class="find">
                <Combobox
                  label={t('findPartner')}
                  find={findPartners}
                  onChoose={({ id }) => goTo(partnerTarget(id))}
                />
              </div>
              <ClosedMonths closings={closed} />
            </section>
          </div>
        )}
      </Answer>
    </View>
  );
}

function withClosing(all: readonly Closing[], one: Closing): readonly Closing[] {
  return all.some(({ month }) => month === one.month) ? all : [...all, one];
}

async function findPartners(text: string, signal: AbortSignal): Promise<readonly Choice[]> {
  const q = text === '' ? {} : { q: text };
  const { data } = await readUsers({ ...q, role: 'partner', limit: FOUND_PARTNERS }, signal);
  return data.map((user) => ({ id: user.id, label: userName(user), note: user.id }));
}

function ClosedMonths({ closings }: { readonly closings: readonly Closing[] }): JSX.Element {
  if (closings.length === 0) {
    return (
      <EmptyState icon="calendar" title={t('empty')}>
        {t('emptyOverseer')}
      </EmptyState>
    );
  }
  return (
    <Table
      caption={t('closings')}
      columns={columns()}
      rows={[...closings].reverse()}
      keyOf={({ month }) => month}
      size="few"
    />
  );
}

function columns(): readonly Column<Closing>[] {
  return [
    {
      id: 'month',
      head: t('month'),
      isRowHead: true,
      least: 16,
      cell: ({ month }) => (
        <Link to={`/statements?month=${month}`} class="row-link">
          {monthName(month)}
        </Link>
      ),
    },
    {
      id: 'statements',
      head: t('statements'),
      kind: 'number',
      cell: ({ statements }) => <Count value={statements} />,
    },
    {
      id: 'closed',
      head: t('closedAt'),
      least: 16,
      cell: ({ closedAt, timeZone }) => <DateTime instant={closedAt} timeZone={timeZone} />,
    },
    {
      id: 'digest',
      head: t('digest'),
      least: 24,
      cell: ({ digest }) => <code class="digest">{digest}</code>,
    },
  ];
}
