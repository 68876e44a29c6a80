import type { ComponentChild, JSX } from 'preact';
import type { HistoryLine } from '../api/credits.js';
import { readModule } from '../api/modules.js';
import { credits } from '../exact/format.js';
import { usePlatform } from '../session/me.js';
import { Link } from '../ui/button.js';
import { Credits, DateTime, Money, Name } from '../ui/figures.js';
import { useNames } from '../ui/names.js';
import { Table, type Column } from '../ui/table.js';
import { isReversalReason, reversalReason } from './entry-words.js';
import { t } from './texts.js';

export interface HistoryTableProps {
  readonly lines: readonly HistoryLine[];
  /** Where the details of a deployment are. */
  readonly targetOf: (deploymentId: string) => string;
  /** In a column of its own. */
  readonly actionsOf?: (line: HistoryLine) => JSX.Element | null;
}

export function HistoryTable({ lines, targetOf, actionsOf }: HistoryTableProps): JSX.Element {
  const modules = lines.flatMap(({ moduleId }) => moduleId ?? []);
  const nameOf = useNames(modules, async (id, signal) => (await readModule(id, signal)).name);
  const columns: readonly Column<HistoryLine>[] = [
    { id: 'when', head: t('when'), least: 16, cell: ({ occurredAt }) => <DateTime instant={occurredAt} /> },
    {
      id: 'what',
      head: t('what'),
      isRowHead: true,
      least: 24,
      cell: (line) => <What line={line} nameOf={nameOf} targetOf={targetOf} />,
    },
    { id: 'credits', head: t('credits'), kind: 'number', least: 12, cell: (line) => <Change line={line} /> },
    {
      id: 'balanceAfter',
      head: t('balanceAfter'),
      kind: 'number',
      least: 12,
      cell: ({ balanceAfter: { total, unpaid } }) => (
        <span>
          <Credits amount={total} />
          {unpaid !== '0' && <small>{t('owes', { credits: credits(unpaid) })}</small>}
        </span>
      ),
    },
    ...(actionsOf === undefined ? [] : [{ id: 'row-actions', head: t('actions'), cell: actionsOf }]),
  ];
  return (
    <Table
      caption={t('historyCaption')}
      columns={columns}
      rows={lines}
      keyOf={({ type, id }) => `${type} ${id}`}
    />
  );
}

interface WhatProps {
  readonly line: HistoryLine;
  readonly nameOf: (moduleId: string) => string;
  readonly targetOf: (deploymentId: string) => string;
}

function What({ line, nameOf, targetOf }: WhatProps): JSX.Element {
  const { type, id, moduleId, reason } = line;
  return (
    <span class="titled">
      {type === 'deployment' && moduleId !== null ? (
        <Link to={targetOf(id)} title={id}>
          <Name text={nameOf(moduleId)} title={moduleId} />
        </Link>
      ) : (
        <Title line={line} targetOf={targetOf} />
      )}
      <small>
        {type === 'deployment' && `${t('deployment')} · `}
        <code>{id}</code>
      </small>
      {isReversalReason(reason) && type === 'purchaseReversal' ? (
        <small>{reversalReason(reason)}</small>
      ) : (
        typeof reason === 'string' && <q dir="auto">{reason}</q>
      )}
    </span>
  );
}

function Title({ line, targetOf }: Omit<WhatProps, 'nameOf'>): JSX.Element {
  const { currency } = usePlatform();
  const { type, amount, category, deploymentId, purchaseExternalId } = line;
  const purchase = purchaseExternalId !== null && <code key="purchase">{purchaseExternalId}</code>;
  const parts: Record<HistoryLine['type'], () => ComponentChild> = {
    award: () => t('award'),
    purchase: () => [t('purchase'), ' · ', <Money key="money" amount={amount ?? '0'} currency={currency} />],
    deployment: () => t('deployment'),
    spend: () => t(category ?? 'adjustment'),
    refund: () => [
      t('refund'),
      ' ',
      deploymentId !== null &&
        t.rich('of', { name: <Link to={targetOf(deploymentId)}>{deploymentId}</Link> }),
    ],
    purchaseReversal: () => [t('purchaseReversal'), ' ', purchase],
    reversalRelease: () => [t('reversalRelease'), ' ', purchase],
    purchaseRefund: () => [t('purchaseRefund'), ' ', purchase],
    expiry: () => t('expired'),
  };
  return <span>{parts[type]()}</span>;
}

/** Types that add credits. */
const GAINS = new Set<HistoryLine['type']>(['award', 'purchase', 'refund', 'reversalRelease']);

function Change({ line: { type, credits: amount } }: { readonly line: HistoryLine }): JSX.Element {
  const isGain = GAINS.has(type);
  const sign = amount === '0' ? '' : isGain ? '+' : '−';
  return (
    <span class={`amount ${isGain ? 'gain' : ''}`}>
      {sign}
      {credits(amount)}
    </span>
  );
}
