import type { JSX } from 'preact';
import { defineParameters, optional } from '../../address/parameters.js';
import { readLatestDeployments, type Row } from '../../api/modules.js';
import { useQuestion } from '../../question/question.js';
import { usePlatform } from '../../session/me.js';
import { Answer, Skeleton } from '../../ui/answer.js';
import { Link } from '../../ui/button.js';
import { Credits, DateTime, Money, Name } from '../../ui/figures.js';
import { Table, type Column } from '../../ui/table.js';
import { Card } from '../../ui/view.js';
import { useModuleRights } from './rights.js';
import { t } from './texts.js';

const ROWS = 10;

/** The parameter that opens the explanation of a deployment over any view. */
const explained = defineParameters({ deployment: optional() });

export function LatestDeployments({ moduleId }: { readonly moduleId: string }): JSX.Element {
  const latest = useQuestion(moduleId, (id, signal) => readLatestDeployments(id, ROWS, signal));
  const all = `/?range=all&includeFree=true&moduleId=${encodeURIComponent(moduleId)}`;
  return (
    <Card title={t('latest')} aside={<Link to={all}>{t('openRevenue')}</Link>}>
      <Answer of={latest} skeleton={<Skeleton size="tall" />}>
        {({ data, currency }) =>
          data.length === 0 ? (
            <p class="hint pad">{t('noDeployments')}</p>
          ) : (
            <Deployments rows={data} currency={currency} />
          )
        }
      </Answer>
    </Card>
  );
}

function Deployments({
  rows,
  currency,
}: {
  readonly rows: readonly Row[];
  readonly currency: string;
}): JSX.Element {
  const { timeZone } = usePlatform();
  const { seesAll } = useModuleRights();
  const customer: Column<Row> = {
    id: 'customer',
    head: t('customer'),
    least: 12,
    cell: ({ userId, userEmail }) =>
      userId === undefined ? null : (
        <Link to={`/customers/${encodeURIComponent(userId)}`}>
          <Name text={userEmail ?? userId} title={userId} />
        </Link>
      ),
  };
  const columns: readonly Column<Row>[] = [
    {
      id: 'when',
      head: t('deployedZone', { zone: timeZone }),
      isRowHead: true,
      least: 16,
      cell: ({ deploymentId, createdAt }) => (
        <Link to={explained.target({ deployment: deploymentId })} class="row-link" title={deploymentId}>
          <DateTime instant={createdAt} />
        </Link>
      ),
    },
    ...(seesAll ? [customer] : []),
    {
      id: 'credits',
      head: t('credits'),
      kind: 'number',
      cell: ({ creditCost }) => <Credits amount={creditCost} />,
    },
    { id: 'split', head: t('split'), least: 16, cell: (row) => <Split row={row} /> },
    {
      id: 'gross',
      head: t('gross'),
      kind: 'number',
      least: 12,
      cell: ({ grossRevenue }) => <Money amount={grossRevenue} currency={currency} />,
    },
    {
      id: 'revenue',
      head: t(seesAll ? 'partnerRevenue' : 'revenue'),
      kind: 'number',
      least: 12,
      cell: ({ revenue }) => <Money amount={revenue} currency={currency} />,
    },
  ];
  return (
    <Table
      caption={t('latestCaption')}
      columns={columns}
      rows={rows}
      keyOf={({ deploymentId }) => deploymentId}
    />
  );
}

/** The credits that paid, by kind; those that are zero are left out. */
function Split({ row }: { readonly row: Row }): JSX.Element {
  const parts = (
    [
      ['splitPurchased', row.purchasedCredits],
      ['splitFree', row.freeCredits],
      ['splitUnpaid', row.unpaidCredits],
      ['splitRefunded', row.refundedCredits],
    ] as const
  ).filter(([, amount]) => Number(amount) !== 0);
  return (
    <span class="paid-with">
      {parts.map(([key, amount]) => (
        <span key={key}>{t.rich(key, { amount: <Credits amount={amount} /> })}</span>
      ))}
    </span>
  );
}
