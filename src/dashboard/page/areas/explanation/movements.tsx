/** What happened after the deployment: refunds, payments taken back, and debts that later credits settled. */

import type { ComponentChildren, JSX } from 'preact';
import type { Explanation } from '../../api/revenue.js';
import { units } from '../../exact/decimal.js';
import { credits, money } from '../../exact/format.js';
import { instantName, monthName } from '../../exact/time.js';
import { entryName, isReversalReason, reversalReason } from '../../credits/entry-words.js';
import { t } from './texts.js';

type Refund = Explanation['refunds'][number];
type Reversal = Explanation['reversals'][number];
type Settlement = Explanation['settlements'][number];

export interface MovementsProps {
  readonly story: Explanation;
  readonly timeZone: string;
}

export function Movements({ story, timeZone }: MovementsProps): JSX.Element {
  const { refunds, reversals, settlements, currency } = story;
  return (
    <ul class="events">
      {settlements.map((one, index) => (
        <Line
          key={`settled ${index}`}
          title={t('paidLater')}
          when={whenOf(one, timeZone)}
          text={settledText(one, currency)}
        >
          {'entryId' in one && (
            <small>
              {entryName(one.entryType)} <code>{one.entryId}</code>
            </small>
          )}
        </Line>
      ))}
      {reversals.map((one, index) => (
        <Line
          key={`reversed ${index}`}
          title={t('takenBack')}
          when={whenOf(one, timeZone)}
          text={t('takenBackValue', {
            credits: credits(one.credits),
            amount: money(one.value, currency),
          })}
        >
          {'externalId' in one && <ReversalNote reversal={one} />}
        </Line>
      ))}
      {refunds.map((one, index) => (
        <Line
          key={`refunded ${index}`}
          title={t('refunded')}
          when={whenOf(one, timeZone)}
          text={refundText(one, currency)}
        >
          {'externalId' in one && <RefundNote refund={one} />}
        </Line>
      ))}
    </ul>
  );
}

interface LineProps {
  readonly title: string;
  readonly when: string;
  readonly text: string;
  readonly children: ComponentChildren;
}

function Line({ title, when, text, children }: LineProps): JSX.Element {
  return (
    <li>
      <strong>{title}</strong>
      <span class="when">{when}</span>
      <p>{text}</p>
      {children}
    </li>
  );
}

function whenOf(one: Refund | Reversal | Settlement, timeZone: string): string {
  return 'month' in one ? monthName(one.month) : instantName(one.occurredAt, timeZone);
}

function settledText(one: Settlement, currency: string): string {
  const settled = { credits: credits(one.credits) };
  if (units(one.value) === 0n) return t('settledFree', settled);
  return t('settledPaid', { ...settled, amount: money(one.value, currency) });
}

function refundText(one: Refund, currency: string): string {
  const refunded = { credits: credits(one.credits) };
  if (units(one.value) === 0n) return t('refundedFree', refunded);
  return t('refundedValue', { ...refunded, amount: money(one.value, currency) });
}

function ReversalNote(props: { readonly reversal: Extract<Reversal, { externalId: string }> }): JSX.Element {
  const { externalId, purchaseExternalId, reason } = props.reversal;
  return (
    <small>
      <code>{externalId}</code>: {t.rich('paymentOf', { purchase: <code>{purchaseExternalId}</code> })}
      {isReversalReason(reason) && `, ${reversalReason(reason)}`}
    </small>
  );
}

function RefundNote({ refund }: { readonly refund: Extract<Refund, { externalId: string }> }): JSX.Element {
  const { externalId, reason, cancelledCredits, returns } = refund;
  const parts = [
    ...returns.map(({ credits: back, lotId: lot, lapsed }) => {
      const values = { credits: credits(back), lot };
      return lapsed ? t('returnedLapsed', values) : t('returned', values);
    }),
    ...(units(cancelledCredits) > 0n ? [t('neverPaid', { credits: credits(cancelledCredits) })] : []),
  ];
  return (
    <small>
      <code>{externalId}</code>
      {parts.length > 0 && `: ${parts.join('; ')}`}
      {reason !== null && <q dir="auto">{reason}</q>}
    </small>
  );
}
