import type { JSX } from 'preact';
import type { Payout } from '../../api/statements.js';
import { sum } from '../../exact/decimal.js';
import { money } from '../../exact/format.js';
import { monthName } from '../../exact/time.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Money, Name } from '../../ui/figures.js';
import { t as uiText } from '../../ui/texts.js';
import { Notice } from '../../ui/view.js';
import { usePayRun, type Payment } from './pay-run.js';
import { SomeRows } from './some-rows.js';
import { t } from './texts.js';

export interface PayDialogProps {
  readonly month: string;
  readonly currency: string;
  readonly payouts: readonly Payout[];
  /** @param wasSent whether something may have been recorded */
  readonly onClose: (wasSent: boolean) => void;
}

/** Pays all that is open on these statements, after it was shown, and says what became of each payment. */
export function PayDialog({ month, currency, payouts, onClose }: PayDialogProps): JSX.Element {
  const run = usePayRun();
  const { payments, isRunning } = run;
  const isSent = payments.length > 0;
  const left = payments.filter(({ outcome }) => outcome === null || outcome.kind === 'unknown').length;
  const close = (): void => {
    run.stop();
    if (!isRunning) onClose(isSent);
  };
  return (
    <Dialog title={t('payTitle', { month: monthName(month) })} onClose={close}>
      <div class="form" aria-busy={isRunning}>
        {isSent ? (
          <Outcomes payments={payments} currency={currency} />
        ) : (
          <ToPay payouts={payouts} currency={currency} />
        )}
        <p class="actions end">
          <Button onPress={close}>{isSent && !isRunning ? uiText('close') : uiText('cancel')}</Button>
          {!isSent && (
            <Button kind="primary" onPress={() => run.start(payouts)}>
              {t('payAction', { count: payouts.length })}
            </Button>
          )}
          {isSent && left > 0 && (
            <Button kind="primary" isDisabled={isRunning} onPress={run.goOn}>
              {isRunning
                ? t('payRunning', { done: payments.length - left, all: payments.length })
                : t('payOn')}
            </Button>
          )}
        </p>
      </div>
    </Dialog>
  );
}

function ToPay(props: { readonly payouts: readonly Payout[]; readonly currency: string }): JSX.Element {
  const { payouts, currency } = props;
  const total = money(sum(payouts.map(({ open }) => open)), currency);
  return (
    <>
      <p>{t('payText', { count: payouts.length, amount: total })}</p>
      <SomeRows rows={payouts}>
        {(shown) => (
          <ul class="pay-list">
            {shown.map((payout) => (
              <li key={payout.statementId}>
                <Name text={payout.email ?? payout.partnerId} title={payout.partnerId} />
                <Money amount={payout.open} currency={currency} />
              </li>
            ))}
          </ul>
        )}
      </SomeRows>
    </>
  );
}

function Outcomes(props: { readonly payments: readonly Payment[]; readonly currency: string }): JSX.Element {
  const { payments, currency } = props;
  const of = (kind: 'done' | 'refused' | 'unknown' | null): readonly Payment[] =>
    payments.filter(({ outcome }) => (outcome?.kind ?? null) === kind);
  const amount = (some: readonly Payment[]): string =>
    money(sum(some.map(({ order }) => order.body.amount)), currency);
  const [done, refused, unknown, unsent] = [of('done'), of('refused'), of('unknown'), of(null)];
  return (
    <>
      <Notice kind={done.length === payments.length ? 'good' : 'plain'}>
        {t('paidSoFar', { count: done.length, amount: amount(done) })}
      </Notice>
      {refused.length > 0 && (
        <Notice kind="bad">
          <p>{t('payRefused', { count: refused.length })}</p>
          <ul class="pay-list">
            {refused.map(({ order, outcome }) => (
              <li key={order.payout.statementId}>
                <Name text={order.payout.partnerId} />
                <span>{outcome?.kind === 'refused' && outcome.refusal.message}</span>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {unknown.length > 0 && (
        <Notice kind="bad">
          {t.rich('payUnknown', { partner: <Name text={unknown[0]?.order.payout.partnerId ?? ''} /> })}
        </Notice>
      )}
      {unsent.length > 0 && <p class="hint">{t('payUnsent', { count: unsent.length })}</p>}
    </>
  );
}
