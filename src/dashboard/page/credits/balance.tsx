/** What a user can spend: the sums, what expires soon, and the lots behind them. */

import type { JSX } from 'preact';
import type { Balance, Lot } from '../api/credits.js';
import { credits } from '../exact/format.js';
import { instantName } from '../exact/time.js';
import { usePlatform } from '../session/me.js';
import { Chip } from '../ui/chip.js';
import { Credits, DateTime, Money } from '../ui/figures.js';
import { Icon } from '../ui/icon.js';
import { Table, type Column } from '../ui/table.js';
import { daysLeft, expiringSoon, SOON_DAYS } from './expiry.js';
import { t } from './texts.js';

export function BalanceFigures({ balance }: { readonly balance: Balance }): JSX.Element {
  const { free, purchased, total, unpaid } = balance;
  return (
    <dl class="balance-figures">
      <div class="hero">
        <dt>{t('available')}</dt>
        <dd>
          <Credits amount={total} />
        </dd>
      </div>
      <div>
        <dt>
          <i class="swatch free" aria-hidden="true" /> {t('free')}
        </dt>
        <dd>
          <Credits amount={free} />
        </dd>
      </div>
      <div>
        <dt>
          <i class="swatch purchased" aria-hidden="true" /> {t('purchased')}
        </dt>
        <dd>
          <Credits amount={purchased} />
        </dd>
      </div>
      <div class={unpaid === '0' ? '' : 'owed'}>
        <dt>{t('unpaid')}</dt>
        <dd>
          <Credits amount={unpaid} />
          {unpaid !== '0' && <small>{t('unpaidHint')}</small>}
        </dd>
      </div>
    </dl>
  );
}

export function ExpiringSoon({ balance }: { readonly balance: Balance }): JSX.Element | null {
  const { timeZone } = usePlatform();
  const soon = expiringSoon(balance.lots, balance.asOf);
  if (soon === null) return null;
  return (
    <p class="expiring">
      <Icon name="calendar" />
      <span>
        {t('soon', {
          credits: credits(soon.credits),
          days: SOON_DAYS,
          day: instantName(soon.first, timeZone),
        })}
      </span>
    </p>
  );
}

export interface LotsTableProps {
  readonly balance: Balance;
  /** In a column of its own. */
  readonly actionsOf?: (lot: Lot) => JSX.Element | null;
}

export function LotsTable({ balance, actionsOf }: LotsTableProps): JSX.Element {
  const { currency } = usePlatform();
  const { lots, asOf } = balance;
  if (lots.length === 0) return <p class="hint pad">{t('noLots')}</p>;
  const columns: readonly Column<Lot>[] = [
    { id: 'lot', head: t('lot'), isRowHead: true, least: 16, cell: (lot) => <LotName lot={lot} /> },
    {
      id: 'since',
      head: t('acquired'),
      least: 16,
      cell: ({ acquiredAt }) => <DateTime instant={acquiredAt} />,
    },
    { id: 'expires', head: t('expires'), least: 16, cell: (lot) => <Expiry lot={lot} asOf={asOf} /> },
    {
      id: 'left',
      head: t('left'),
      kind: 'number',
      cell: ({ leftCredits, acquiredCredits }) => (
        <span>
          {t.rich('leftOf', { left: <strong>{credits(leftCredits)}</strong>, all: credits(acquiredCredits) })}
        </span>
      ),
    },
    {
      id: 'paid',
      head: t('paid'),
      kind: 'number',
      cell: ({ pool, amount }) => (pool === 'free' ? '' : <Money amount={amount} currency={currency} />),
    },
    ...(actionsOf === undefined ? [] : [{ id: 'row-actions', head: t('actions'), cell: actionsOf }]),
  ];
  return (
    <Table
      caption={t('lotsCaption')}
      columns={columns}
      rows={lots}
      keyOf={({ pool, lotId }) => `${pool} ${lotId}`}
    />
  );
}

function LotName({ lot: { pool, lotId } }: { readonly lot: Lot }): JSX.Element {
  return (
    <span class="lot-name">
      <Pool pool={pool} /> <code>{lotId}</code>
    </span>
  );
}

export function Pool({ pool }: { readonly pool: Lot['pool'] }): JSX.Element {
  return <span class={`pool ${pool}`}>{pool === 'free' ? t('free') : t('purchased')}</span>;
}

function Expiry({ lot, asOf }: { readonly lot: Lot; readonly asOf: string }): JSX.Element {
  if (lot.expiresAt === null) return <span class="hint">{t('never')}</span>;
  const days = daysLeft(lot, asOf);
  return (
    <span class="expiry-time">
      <DateTime instant={lot.expiresAt} />
      {days !== null && (
        <Chip kind="warn">{days === 0 ? t('expiresToday') : t('expiresInDays', { count: days })}</Chip>
      )}
    </span>
  );
}
