import type { JSX } from 'preact';
import type { Payout, Payouts } from '../../api/statements.js';
import { units } from '../../exact/decimal.js';
import { signOf } from '../../exact/format.js';
import { Button, Link } from '../../ui/button.js';
import { Chip } from '../../ui/chip.js';
import { Checkbox } from '../../ui/field.js';
import { Money, Name } from '../../ui/figures.js';
import { Table, type Column } from '../../ui/table.js';
import { statementTarget } from './back.js';
import { SomeRows } from './some-rows.js';
import { t } from './texts.js';

interface Choosing {
  readonly onChoose: (payout: Payout, isChosen: boolean) => void;
  readonly onTakeBack: (payout: Payout) => void;
}

export interface PayoutTableProps {
  readonly payouts: Payouts;
  readonly isChosen: (payout: Payout) => boolean;
  /** Null: the caller may not pay. */
  readonly choosing: Choosing | null;
}

export function PayoutTable({ payouts, isChosen, choosing }: PayoutTableProps): JSX.Element | null {
  if (payouts.data.length === 0) return null;
  return (
    <SomeRows rows={payouts.data}>
      {(shown) => (
        <Table
          caption={t('payouts')}
          columns={[
            ...(choosing === null ? [] : [chooser(choosing, isChosen)]),
            ...columns(payouts),
            ...(choosing === null ? [] : [taker(choosing)]),
          ]}
          rows={shown}
          keyOf={({ statementId }) => statementId}
          class="payouts-table"
          totals={choosing === null ? t('sum') : undefined}
        />
      )}
    </SomeRows>
  );
}

function chooser({ onChoose }: Choosing, isChosen: (payout: Payout) => boolean): Column<Payout> {
  return {
    id: 'pays',
    head: t('payShort'),
    cell: (payout) =>
      signOf(payout.open) === 'more' && (
        <Checkbox isChecked={isChosen(payout)} onChange={(isOn) => onChoose(payout, isOn)}>
          <span class="sr">{t('payTo', { partner: payout.partnerId })}</span>
        </Checkbox>
      ),
  };
}

function taker({ onTakeBack }: Choosing): Column<Payout> {
  return {
    id: 'row-actions',
    head: t('actions'),
    cell: (payout) =>
      signOf(payout.paid) === 'more' && (
        <Button kind="quiet" class="in-row" onPress={() => onTakeBack(payout)}>
          {t('takeBack')}
        </Button>
      ),
  };
}

function columns({ totals, currency }: Payouts): readonly Column<Payout>[] {
  const amount = (id: 'due' | 'payable' | 'paid' | 'open', head = t(id)): Column<Payout> => ({
    id,
    head,
    kind: 'number',
    cell: (payout) => <Money amount={payout[id]} currency={currency} />,
    total: <Money amount={totals[id]} currency={currency} />,
  });
  return [
    {
      id: 'partner',
      head: t('partner'),
      isRowHead: true,
      least: 16,
      cell: ({ statementId, partnerId, email }) => (
        <Link to={statementTarget(statementId)} class="row-link">
          <Name text={email ?? partnerId} title={partnerId} />
        </Link>
      ),
    },
    amount('due'),
    amount('payable'),
    amount('paid'),
    amount('open'),
    {
      id: 'netOpen',
      head: t('netOpen'),
      kind: 'number',
      cell: ({ netOpen, open }) => (
        <>
          <Money amount={netOpen} currency={currency} />{' '}
          {units(netOpen) < units(open) && <Chip kind="warn">{t('owesLater')}</Chip>}
        </>
      ),
      total: <Money amount={totals.netOpen} currency={currency} />,
    },
  ];
}
