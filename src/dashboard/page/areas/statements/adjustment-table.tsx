import type { ComponentChildren, JSX } from 'preact';
import { defineParameters, optional } from '../../address/parameters.js';
import type { AdjustmentLine } from '../../api/statements.js';
import { monthName } from '../../exact/time.js';
import { Link } from '../../ui/button.js';
import { DateTime, Money, Name } from '../../ui/figures.js';
import { Table, type Column } from '../../ui/table.js';
import { statementTarget } from './back.js';
import { t } from './texts.js';
import { causeInWords } from './words.js';

/** The explanation of a deployment opens over the page; the address names it. */
const drawer = defineParameters({ deployment: optional() });

/** Which statement has a line: null, the next one. */
type ShownLine = AdjustmentLine & { readonly statementId?: string | null };
type Cause = AdjustmentLine['causes'][number];

export interface AdjustmentTableProps {
  readonly caption: string;
  readonly lines: readonly ShownLine[];
  /** ISO 4217. */
  readonly currency: string;
  /** Whether to tell which statement has each line. */
  readonly isSettled?: boolean;
}

/** What changed of deployments of closed months, and why. */
export function AdjustmentTable({ caption, lines, currency, isSettled }: AdjustmentTableProps): JSX.Element {
  return (
    <Table
      caption={caption}
      columns={columns(currency, isSettled ?? false)}
      rows={lines}
      keyOf={({ deploymentId, statementId }) => `${deploymentId} ${statementId ?? ''}`}
      class="adjustments-table"
    />
  );
}

function columns(currency: string, isSettled: boolean): readonly Column<ShownLine>[] {
  const settled: Column<ShownLine> = {
    id: 'settled',
    head: t('settledIn'),
    least: 12,
    cell: ({ statementId }) =>
      statementId ? <Link to={statementTarget(statementId)}>{statementId}</Link> : t('settledNext'),
  };
  return [
    { id: 'deployment', head: t('deployment'), isRowHead: true, least: 16, cell: DeploymentOf },
    {
      id: 'causes',
      head: t('causes'),
      least: 24,
      cell: ({ causes }) => <Causes causes={causes} currency={currency} />,
    },
    {
      id: 'stated',
      head: t('statedNow'),
      kind: 'number',
      cell: ({ statedGross, grossNow }) => (
        <>
          <Money amount={statedGross} currency={currency} /> <span aria-hidden="true">→</span>{' '}
          <span class="sr">{t('becomes')}</span> <Money amount={grossNow} currency={currency} />
        </>
      ),
    },
    {
      id: 'revenue',
      head: t('revenue'),
      kind: 'number',
      cell: ({ revenueDifference }) => <Money amount={revenueDifference} currency={currency} />,
    },
    ...(isSettled ? [settled] : []),
  ];
}

/** The module, and the deployment as a link to its explanation. */
export function DeploymentOf(
  line: Pick<AdjustmentLine, 'deploymentId' | 'moduleName' | 'createdAt'>,
): JSX.Element {
  return (
    <span class="titled">
      <Link to={drawer.target({ deployment: line.deploymentId })} class="row-link">
        <Name text={line.moduleName} title={line.deploymentId} />
      </Link>
      <small>
        <DateTime instant={line.createdAt} />
      </small>
    </span>
  );
}

function Causes(props: { readonly causes: readonly Cause[]; readonly currency: string }): JSX.Element {
  return (
    <ul class="causes">
      {props.causes.map((cause, index) => (
        <li key={index}>
          <span>{causeInWords(cause, <When cause={cause} />)}</span>{' '}
          <Money amount={cause.part} currency={props.currency} />
        </li>
      ))}
    </ul>
  );
}

/** Partners are told the month; finance the entry and its time. */
function When({ cause: { month, entryId, occurredAt } }: { readonly cause: Cause }): ComponentChildren {
  if (entryId && occurredAt) {
    return t.rich('entryOf', { id: <code>{entryId}</code>, when: <DateTime instant={occurredAt} /> });
  }
  return month ? t('entryIn', { month: monthName(month) }) : null;
}
