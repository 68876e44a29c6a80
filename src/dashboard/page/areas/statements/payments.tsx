import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Payment, Statement } from '../../api/statements.js';
import { useCaller } from '../../session/me.js';
import { Button } from '../../ui/button.js';
import { Chip } from '../../ui/chip.js';
import { DateTime, Money, Name } from '../../ui/figures.js';
import { Table, type Column } from '../../ui/table.js';
import { Card } from '../../ui/view.js';
import { TakeBackDialog } from './take-back-dialog.js';
import { t } from './texts.js';

export interface PaymentsProps {
  readonly statement: Statement;
  readonly payments: readonly Payment[];
  /** Something may have been recorded. */
  readonly onChange: () => void;
}

/** What was paid of a statement, and what was taken back. */
export function Payments({ statement, payments, onChange }: PaymentsProps): JSX.Element {
  const { mayRecord } = useCaller().rights;
  const [reversing, setReversing] = useState<Payment | null>(null);
  const actions: Column<Payment> = {
    id: 'row-actions',
    head: t('actions'),
    cell: (payment) =>
      payment.reverses === null &&
      payment.reversedBy === null && (
        <Button kind="quiet" class="in-row" onPress={() => setReversing(payment)}>
          {t('takeBack')}
        </Button>
      ),
  };
  return (
    <Card title={t('payments')}>
      {payments.length === 0 ? (
        <p class="hint pad">{t('noPayments')}</p>
      ) : (
        <Table
          caption={t('payments')}
          columns={[...columns(statement.currency), ...(mayRecord ? [actions] : [])]}
          rows={payments}
          keyOf={({ externalId }) => externalId}
          size="few"
        />
      )}
      {reversing !== null && (
        <TakeBackDialog
          statement={statement}
          payment={reversing}
          onDone={onChange}
          onClose={() => setReversing(null)}
        />
      )}
    </Card>
  );
}

function columns(currency: string): readonly Column<Payment>[] {
  return [
    { id: 'paidAt', head: t('paidAt'), least: 16, cell: ({ paidAt }) => <DateTime instant={paidAt} /> },
    {
      id: 'payment',
      head: t('payment'),
      isRowHead: true,
      least: 16,
      cell: ({ externalId, reverses, reversedBy }) => (
        <span class="titled">
          <code>{externalId}</code>
          {reverses !== null && <small>{t('reversal', { id: reverses })}</small>}
          {reversedBy !== null && <Chip>{t('reversed')}</Chip>}
        </span>
      ),
    },
    {
      id: 'reference',
      head: t('reference'),
      least: 12,
      cell: ({ reference }) => reference !== null && <Name text={reference} />,
    },
    {
      id: 'amount',
      head: t('amount'),
      kind: 'number',
      cell: ({ amount, reverses }) => (
        <Money amount={reverses === null ? amount : `-${amount}`} currency={currency} />
      ),
    },
  ];
}
