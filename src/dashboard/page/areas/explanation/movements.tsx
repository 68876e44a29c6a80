/** What happened after the deployment: refunds, and debts that later credits settled. */

import type { ComponentChildren, JSX } from 'preact';
import type { Explanation } from '../../api/revenue.js';
import { units } from '../../exact/decimal.js';
import { credits, money } from '../../exact/format.js';
import { instantName, monthName } from '../../exact/time.js';
import { t } from './texts.js';

type Refund = Explanation['refunds'][number];
type Settlement = Explanation['settlements'][number];

export interface MovementsProps {
  readonly story: Explanation;
  readonly timeZone: string;
}

export function Movements({ story, timeZone }: MovementsProps): JSX.Element {
  const { refunds, settlements, currency } = story;
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
              {one.entryType} <code>{one.entryId}</code>
            </small>
          )}
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

function whenOf(one: Refund | Settlement, timeZone: string): string {
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
