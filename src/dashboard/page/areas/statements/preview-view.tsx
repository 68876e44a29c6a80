import type { JSX } from 'preact';
import type { ClosingPreview, Payouts, PreviewedStatement } from '../../api/statements.js';
import { roundedMoney, signOf } from '../../exact/format.js';
import { monthName } from '../../exact/time.js';
import { Link } from '../../ui/button.js';
import { Count, Money, Name } from '../../ui/figures.js';
import { Table, type Column } from '../../ui/table.js';
import { Notice } from '../../ui/view.js';
import { partnerTarget } from './back.js';
import { movedMost, type Moved } from './moved.js';
import { SomeRows } from './some-rows.js';
import { t } from './texts.js';

export interface PreviewViewProps {
  readonly preview: ClosingPreview;
  /** The month before; null: there is none. */
  readonly before: Payouts | null;
}

/** What closing a month now would state, the partner whose figure moved most first. */
export function PreviewView({ preview, before }: PreviewViewProps): JSX.Element {
  const { data, month, currency } = preview;
  if (data.length === 0) return <p class="hint pad">{t('nothingToState')}</p>;
  const moved = movedMost(data, before?.data ?? []);
  const rank = new Map(moved.map(({ partnerId }, place) => [partnerId, place]));
  const rows = [...data].sort(
    (one, other) => (rank.get(one.partnerId) ?? 0) - (rank.get(other.partnerId) ?? 0),
  );
  const [most] = moved;
  const isEmpty = most === undefined || signOf(most.change) === 'none';
  return (
    <div aria-live="polite">
      {before !== null && !isEmpty && <MovedMost moved={most} currency={currency} before={before.month} />}
      <SomeRows rows={rows}>
        {(shown) => (
          <Table
            caption={t('previewOf', { month: monthName(month) })}
            columns={columns(preview)}
            rows={shown}
            keyOf={({ partnerId }) => partnerId}
            totals={t('sum')}
          />
        )}
      </SomeRows>
    </div>
  );
}

function MovedMost(props: {
  readonly moved: Moved;
  readonly currency: string;
  /** The month before. */
  readonly before: string;
}): JSX.Element {
  const { moved, currency, before } = props;
  const { partnerId, part } = moved;
  return (
    <div class="pad">
      <Notice>
        {t.rich('movedMost', {
          partner: (
            <strong>
              <bdi>{moved.email ?? partnerId}</bdi>
            </strong>
          ),
          before: roundedMoney(moved.before.due, currency),
          now: roundedMoney(moved.now.due, currency),
          month: monthName(before),
        })}{' '}
        {t(WHY[part], {
          before: roundedMoney(moved.before[part], currency),
          now: roundedMoney(moved.now[part], currency),
        })}
        {part === 'revenue' &&
          ` ${t('whyDeployments', { before: moved.before.deployments, now: moved.now.deployments })}`}
      </Notice>
    </div>
  );
}

const WHY = { opening: 'whyOpening', revenue: 'whyRevenue', adjustments: 'whyAdjustments' } as const;

function columns({ totals, currency }: ClosingPreview): readonly Column<PreviewedStatement>[] {
  const amount = (
    id: 'opening' | 'revenue' | 'adjustments' | 'due' | 'payable' | 'carried',
    head = t(id),
  ): Column<PreviewedStatement> => ({
    id,
    head,
    kind: 'number',
    cell: (statement) => <Money amount={statement[id]} currency={currency} />,
    total: <Money amount={totals[id]} currency={currency} />,
  });
  return [
    {
      id: 'partner',
      head: t('partner'),
      isRowHead: true,
      least: 16,
      cell: ({ partnerId, email }) => (
        <Link to={partnerTarget(partnerId)} class="row-link">
          <Name text={email ?? partnerId} title={partnerId} />
        </Link>
      ),
    },
    {
      id: 'deployments',
      head: t('deployments'),
      kind: 'number',
      cell: ({ deployments }) => <Count value={deployments} />,
      total: <Count value={totals.deployments} />,
    },
    amount('opening', t('openingShort')),
    amount('revenue'),
    amount('adjustments'),
    amount('due'),
    amount('payable'),
    amount('carried', t('carriedShort')),
  ];
}
