/** A partner's statements, with what is due in all before everything else. */

import type { JSX } from 'preact';
import { readStanding, readStatements, type Standing, type Statement } from '../../api/statements.js';
import { sum } from '../../exact/decimal.js';
import { signOf } from '../../exact/format.js';
import { monthName } from '../../exact/time.js';
import { useQuestion } from '../../question/question.js';
import { usePlatform } from '../../session/me.js';
import { Answer, EmptyState, Skeleton } from '../../ui/answer.js';
import { Link } from '../../ui/button.js';
import { Chip } from '../../ui/chip.js';
import { Money, Name } from '../../ui/figures.js';
import { Table, type Column } from '../../ui/table.js';
import { Card, Notice, View } from '../../ui/view.js';
import { AdjustmentTable } from './adjustment-table.js';
import { Back, statementTarget } from './back.js';
import { Facts } from './facts.js';
import { t } from './texts.js';
import { statusOf } from './words.js';

interface Account {
  readonly statements: readonly Statement[];
  readonly standing: Standing;
}

export interface PartnerStatementsProps {
  /** Null: of the caller. */
  readonly partnerId: string | null;
}

export function PartnerStatements({ partnerId }: PartnerStatementsProps): JSX.Element {
  const { timeZone } = usePlatform();
  const account = useQuestion<{ partnerId: string | null }, Account>({ partnerId }, async (asked, signal) => {
    const [statements, standing] = await Promise.all([
      readStatements(asked.partnerId, signal),
      readStanding(asked.partnerId, signal),
    ]);
    return { statements, standing };
  });
  const view = (
    <View
      title={partnerId === null ? t('statements') : <Name text={partnerId} />}
      subtitle={t('subtitle', { zone: account.shown.value?.answer.standing.timeZone ?? timeZone })}
      class="statements"
    >
      <Answer of={account} skeleton={<Skeleton size="tall" />}>
        {(known) => (
          <div class="stack">
            <Due account={known} />
            <section class="card list">
              <StatementList statements={known.statements} />
            </section>
            {known.standing.open.length > 0 && (
              <Card title={t('notStated')}>
                <p class="hint pad">{t('adjustmentsHint')}</p>
                <AdjustmentTable
                  caption={t('notStated')}
                  lines={known.standing.open}
                  currency={known.standing.currency}
                />
              </Card>
            )}
          </div>
        )}
      </Answer>
    </View>
  );
  return partnerId === null ? (
    view
  ) : (
    <>
      <Back />
      {view}
    </>
  );
}

/** What is due in all, and its parts, which add up to it. */
function Due({ account: { statements, standing } }: { readonly account: Account }): JSX.Element {
  const { currency, opening, adjustments, months, running } = standing;
  const open = sum(statements.map((statement) => statement.open));
  const inAll = sum([open, standing.due]);
  return (
    <Card title={t('dueInAll')} label={t('dueInAll')}>
      <Facts
        currency={currency}
        hero={{ name: t('dueInAllHint'), amount: inAll }}
        facts={[
          { name: t('openOnStatements'), amount: open },
          { name: t('opening'), amount: opening },
          ...(months.length === 0
            ? []
            : [{ name: t('notClosed'), amount: sum(months.map(({ revenue }) => revenue)) }]),
          { name: t('monthSoFar', { month: monthName(running.month) }), amount: running.revenue },
          { name: t('adjustments'), amount: adjustments },
        ]}
      />
      {signOf(inAll) === 'less' && <Notice>{t('negative')}</Notice>}
    </Card>
  );
}

function StatementList({ statements }: { readonly statements: readonly Statement[] }): JSX.Element {
  if (statements.length === 0) {
    return (
      <EmptyState icon="calendar" title={t('empty')}>
        {t('emptyAdvice')}
      </EmptyState>
    );
  }
  return (
    <Table
      caption={t('statementsCaption')}
      columns={columns()}
      rows={statements}
      keyOf={({ id }) => id}
      size="few"
    />
  );
}

function columns(): readonly Column<Statement>[] {
  const amount = (id: 'due' | 'payable' | 'paid' | 'open', head: string): Column<Statement> => ({
    id,
    head,
    kind: 'number',
    cell: (statement) => <Money amount={statement[id]} currency={statement.currency} />,
  });
  return [
    {
      id: 'month',
      head: t('month'),
      isRowHead: true,
      least: 16,
      cell: ({ id, month }) => (
        <Link to={statementTarget(id)} class="row-link">
          {monthName(month)}
        </Link>
      ),
    },
    {
      id: 'status',
      head: t('status'),
      least: 12,
      cell: ({ status }) => <Chip kind={statusOf(status).kind}>{statusOf(status).name}</Chip>,
    },
    amount('due', t('due')),
    amount('payable', t('payable')),
    amount('paid', t('paid')),
    amount('open', t('open')),
  ];
}
