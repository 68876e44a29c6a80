import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { closeMonth, type Closing, type ClosingPreview } from '../../api/statements.js';
import { money } from '../../exact/format.js';
import { monthName } from '../../exact/time.js';
import { useWriting } from '../../question/writing.js';
import { Checkbox } from '../../ui/field.js';
import { FormDialog } from '../../ui/form-dialog.js';
import { toast } from '../../ui/toast.js';
import { t } from './texts.js';

export interface CloseDialogProps {
  /** What was previewed. Entries that arrive until the closing are still part of the month. */
  readonly preview: ClosingPreview;
  /** Whether it fixes the zone. */
  readonly isFirst: boolean;
  readonly onClosed: (closing: Closing) => void;
  readonly onClose: () => void;
}

/** Closes a month. It cannot be undone, so it is asked once more. */
export function CloseDialog({ preview, isFirst, onClosed, onClose }: CloseDialogProps): JSX.Element {
  const { month, totals, currency, data, timeZone, settledElsewhere } = preview;
  const needsConsent = isFirst && settledElsewhere.deployments > 0;
  const [isSettled, setSettled] = useState(false);
  const name = monthName(month);
  const writing = useWriting<Closing>((outcome) => {
    if (outcome.kind !== 'done') return;
    toast(t('closedDone', { month: name, count: outcome.answer.statements }));
    onClose();
    onClosed(outcome.answer);
  });
  const submit = (): void => {
    const body = {
      month,
      ...(isFirst ? { timeZone } : {}),
      ...(needsConsent ? { settledElsewhere: true } : {}),
    };
    writing.send((headers, signal) => closeMonth(body, { headers, signal }));
  };
  return (
    <FormDialog
      title={t('closeTitle', { month: name })}
      action={t('closeAction')}
      isReady={(isSettled || !needsConsent) && writing.outcome?.kind !== 'unknown'}
      writing={writing}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('closeText', { count: data.length, amount: money(totals.payable, currency) })}</p>
      {isFirst && <p>{t('closeZone', { zone: timeZone })}</p>}
      {needsConsent && (
        <Checkbox isChecked={isSettled} onChange={setSettled}>
          {t('settledElsewhere', { amount: money(settledElsewhere.grossRevenue, currency) })}
        </Checkbox>
      )}
    </FormDialog>
  );
}
