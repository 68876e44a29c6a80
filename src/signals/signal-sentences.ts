import type { SignalKind } from './signal-kinds.js';
import type { SignalDto } from './signals.dto.js';

/** Returns a signal in English, with its figures. */
export function sentenceOf(
  kind: SignalKind,
  { userId, partnerId, moduleId, figures }: Omit<SignalDto, 'kind' | 'sentence'>,
  currency: string,
): string {
  const money = (name: string): string => `${figures[name]} ${currency}`;
  switch (kind) {
    case 'reversedRevenue':
      return (
        `${money('reversedValue')} of purchase ${figures.purchase} of ${userId} were taken back; the purchase had paid ` +
        `${money('paidValue')} for deployments of modules of ${partnerId} and still pays ${money('stillPaidValue')}.`
      );
    case 'oneCustomer':
      return `${userId} brought ${money('gross')} of the ${money('partnerGross')} that the modules of ${partnerId} earned in the month.`;
    case 'refundedInCircles':
      return (
        `${userId} bought credits and deployed ${moduleId} of ${partnerId} ${figures.deployments} times in the month; ` +
        `${figures.refunded} of these deployments were refunded: ${figures.refundedCredits} credits.`
      );
    case 'related': {
      const address =
        figures.sameAddress === 'true' ? 'the same e-mail address' : 'e-mail addresses of one domain';
      return `${userId} and partner ${partnerId} have ${address}; the customer's deployments gave ${money('gross')}.`;
    }
    case 'costlierThanBefore':
      return `${moduleId} of ${partnerId} cost ${userId} ${figures.creditCost} credits; the customer's previous deployment of it cost ${figures.previousCost}.`;
  }
}
