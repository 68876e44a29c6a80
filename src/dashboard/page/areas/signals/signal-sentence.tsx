import type { ComponentChild, JSX } from 'preact';
import type { Signal } from '../../api/signals.js';
import { Link } from '../../ui/button.js';
import { Credits, Money, Name } from '../../ui/figures.js';
import { t } from './texts.js';

/** A signal in words, with links to the customer and the module. */
export function SignalSentence(props: { readonly signal: Signal; readonly currency: string }): JSX.Element {
  return <p>{words(props)}</p>;
}

function words({
  signal,
  currency,
}: {
  readonly signal: Signal;
  readonly currency: string;
}): ComponentChild[] {
  const { kind, userId, partnerId, moduleId, figures } = signal;
  const user = <Target path="/customers/" id={userId} />;
  const partner = <Name text={partnerId} />;
  const module = moduleId === null ? null : <Target path="/modules/" id={moduleId} />;
  const money = (name: string): JSX.Element => <Money amount={figures[name] ?? '0'} currency={currency} />;
  const credits = (name: string): JSX.Element => <Credits amount={figures[name] ?? '0'} />;
  switch (kind) {
    case 'reversedRevenue':
      return t.rich('reversedRevenueIs', {
        reversed: money('reversedValue'),
        purchase: <Name text={figures['purchase'] ?? ''} />,
        user,
        paid: money('paidValue'),
        partner,
        still: money('stillPaidValue'),
      });
    case 'oneCustomer':
      return t.rich('oneCustomerIs', {
        user,
        gross: money('gross'),
        partnerGross: money('partnerGross'),
        partner,
      });
    case 'refundedInCircles':
      return t.rich('refundedInCirclesIs', {
        user,
        module,
        partner,
        deployments: figures['deployments'],
        refunded: figures['refunded'],
        credits: credits('refundedCredits'),
      });
    case 'related': {
      const key = figures['sameAddress'] === 'true' ? 'relatedByAddress' : 'relatedByDomain';
      return t.rich(key, { user, partner, gross: money('gross') });
    }
    case 'costlierThanBefore':
      return t.rich('costlierThanBeforeIs', {
        module,
        partner,
        user,
        cost: credits('creditCost'),
        before: credits('previousCost'),
      });
  }
}

function Target({ path, id }: { readonly path: string; readonly id: string }): JSX.Element {
  return (
    <Link to={path + encodeURIComponent(id)}>
      <Name text={id} />
    </Link>
  );
}
