import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { recordPayment, type Payment, type Statement } from '../../api/statements.js';
import { money } from '../../exact/format.js';
import { useWriting } from '../../question/writing.js';
import { FormDialog } from '../../ui/form-dialog.js';
import { toast } from '../../ui/toast.js';
import { t } from './texts.js';

export interface TakeBackDialogProps {
  readonly statement: Pick<Statement, 'id' | 'currency'>;
  readonly payment: Payment;
  /** It is recorded, or it is not known whether it is. */
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Records that a payment was taken back, in full. A payment itself never changes. */
export function TakeBackDialog({ statement, payment, onDone, onClose }: TakeBackDialogProps): JSX.Element {
  // The service refuses a second reversal of a payment, so this one happens at most once.
  const [order] = useState(() => ({
    externalId: crypto.randomUUID(),
    reverses: payment.externalId,
    paidAt: new Date().toISOString(),
  }));
  const amount = money(payment.amount, statement.currency);
  const writing = useWriting<unknown>((outcome) => {
    if (outcome.kind !== 'refused') onDone();
    if (outcome.kind !== 'done') return;
    toast(t('takenBack', { amount }));
    onClose();
  });
  return (
    <FormDialog
      title={t('takeBackTitle', { amount })}
      action={t('takeBackAction')}
      isDanger
      isReady={writing.outcome?.kind !== 'unknown'}
      writing={writing}
      onSubmit={() =>
        writing.send((headers, signal) => recordPayment(statement.id, order, { headers, signal }))
      }
      onClose={onClose}
    >
      <p>{t('takeBackText', { amount, id: payment.externalId })}</p>
    </FormDialog>
  );
}
