/** What the deployments of a customer brought to which partner, of all time. */

import type { JSX } from 'preact';
import { readSummary, type Group, type Summary } from '../../api/revenue.js';
import { useQuestion } from '../../question/question.js';
import { Answer, Skeleton } from '../../ui/answer.js';
import { Count, Credits, Money, Name } from '../../ui/figures.js';
import { Table, type Column } from '../../ui/table.js';
import { Card } from '../../ui/view.js';
import { t } from './texts.js';

export interface BroughtProps {
  readonly userId: string;
  /** Another number: something was recorded, so the figures are read again. */
  readonly version: number;
}

export function Brought({ userId, version }: BroughtProps): JSX.Element {
  const brought = useQuestion({ userId, version }, (asked, signal) =>
    readSummary({ userId: [asked.userId], includeFree: true }, 'partner', signal),
  );
  return (
    <Card title={t('brought')} aside={<span class="hint">{t('ofAllTime')}</span>} class="brought">
      <Answer of={brought} skeleton={<Skeleton size="card" />}>
        {(summary) =>
          summary.data.length === 0 ? (
            <p class="hint pad">{t('broughtNothing')}</p>
          ) : (
            <Table
              caption={t('broughtCaption')}
              columns={columnsOf(summary)}
              rows={summary.data}
              keyOf={({ key }) => key ?? ''}
              totals={t('allPartners')}
            />
          )
        }
      </Answer>
    </Card>
  );
}

function columnsOf({ totals, currency }: Summary): readonly Column<Group>[] {
  const money = (id: 'grossRevenue' | 'revenue' | 'platformRevenue', head: string): Column<Group> => ({
    id,
    head,
    kind: 'number',
    least: 12,
    cell: (row) => <Money amount={row[id] ?? '0'} currency={currency} />,
    total: <Money amount={totals[id] ?? '0'} currency={currency} />,
  });
  return [
    {
      id: 'partner',
      head: t('partner'),
      least: 16,
      isRowHead: true,
      cell: ({ key, label }) =>
        key === null ? t('platformsModules') : <Name text={label} title={`${label} · ${key}`} />,
    },
    {
      id: 'deployments',
      head: t('deployments'),
      kind: 'number',
      cell: ({ deployments }) => <Count value={deployments} />,
      total: <Count value={totals.deployments} />,
    },
    {
      id: 'purchasedCredits',
      head: t('purchasedSpent'),
      kind: 'number',
      cell: ({ purchasedCredits }) => <Credits amount={purchasedCredits} />,
      total: <Credits amount={totals.purchasedCredits} />,
    },
    money('grossRevenue', t('gross')),
    money('revenue', t('partnersPart')),
    money('platformRevenue', t('platformsPart')),
  ];
}
