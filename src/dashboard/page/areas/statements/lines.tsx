/** The lines of a statement: the first ones, more on request, never all of a million. */

import type { ComponentChildren, JSX } from 'preact';
import {
  readLines,
  type AdjustmentLine,
  type Line,
  type Lines,
  type LinesQuery,
  type RevenueLine,
} from '../../api/statements.js';
import { share } from '../../exact/format.js';
import { useQuestion } from '../../question/question.js';
import { Answer } from '../../ui/answer.js';
import { Credits, Money } from '../../ui/figures.js';
import { ShowMore } from '../../ui/show-more.js';
import { Table, type Column } from '../../ui/table.js';
import { AdjustmentTable, DeploymentOf } from './adjustment-table.js';
import { t } from './texts.js';

export interface StatementLinesProps {
  /** Of the statement. */
  readonly id: string;
  /** How many there are of this kind. */
  readonly count: number;
  /** ISO 4217. */
  readonly currency: string;
}

export function RevenueLines({ id, count, currency }: StatementLinesProps): JSX.Element {
  if (count === 0) return <p class="hint pad">{t('noLines')}</p>;
  return (
    <SomeLines id={id} kind="revenue" count={count}>
      {(lines) => (
        <Table
          caption={t('lines')}
          columns={columns(currency)}
          rows={lines.filter(isRevenue)}
          keyOf={({ deploymentId }) => deploymentId}
        />
      )}
    </SomeLines>
  );
}

export function AdjustmentLines({ id, count, currency }: StatementLinesProps): JSX.Element {
  if (count === 0) return <p class="hint pad">{t('noAdjustments')}</p>;
  return (
    <SomeLines id={id} kind="adjustment" count={count}>
      {(lines) => (
        <AdjustmentTable caption={t('adjustments')} lines={lines.filter(isAdjustment)} currency={currency} />
      )}
    </SomeLines>
  );
}

interface SomeLinesProps extends LinesQuery {
  readonly count: number;
  readonly children: (lines: readonly Line[]) => ComponentChildren;
}

function SomeLines({ id, kind, count, children }: SomeLinesProps): JSX.Element {
  const lines = useQuestion<LinesQuery, Lines>({ id, kind }, (query, signal) =>
    readLines(query, null, signal),
  );
  return (
    <Answer of={lines}>
      {({ data }) => (
        <>
          {children(data)}
          <ShowMore of={lines} read={readLines} />
          {data.length < count && (
            <p class="hint pad on-paper">{t('printedLines', { count: data.length, all: count })}</p>
          )}
        </>
      )}
    </Answer>
  );
}

function isRevenue(line: Line): line is RevenueLine {
  return line.kind === 'revenue';
}

function isAdjustment(line: Line): line is AdjustmentLine {
  return line.kind === 'adjustment';
}

function columns(currency: string): readonly Column<RevenueLine>[] {
  return [
    { id: 'deployment', head: t('deployment'), isRowHead: true, least: 16, cell: DeploymentOf },
    {
      id: 'credits',
      head: t('credits'),
      kind: 'number',
      cell: ({ purchasedCredits }) => <Credits amount={purchasedCredits} />,
    },
    {
      id: 'gross',
      head: t('gross'),
      kind: 'number',
      cell: ({ grossRevenue }) => <Money amount={grossRevenue} currency={currency} />,
    },
    {
      id: 'share',
      head: t('share'),
      kind: 'number',
      cell: ({ partnerRevenueShare }) => share(partnerRevenueShare),
    },
    {
      id: 'revenue',
      head: t('revenue'),
      kind: 'number',
      cell: ({ revenue }) => <Money amount={revenue} currency={currency} />,
    },
  ];
}
