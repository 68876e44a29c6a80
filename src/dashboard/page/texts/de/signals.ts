import type { Translation } from '../catalogue.js';
import type { texts as english } from '../en/signals.js';

export const texts: Translation<typeof english> = {
  costlierThanBefore: 'Preise, die sich mehr als verdoppelt haben',
  costlierThanBeforeHint:
    'Eine Bereitstellung kostete mehr als das Doppelte der vorigen desselben Kunden bei diesem Modul.',
  costlierThanBeforeIs:
    '{module} von {partner} kostete {user} {cost} Credits, beim Mal davor {before} Credits.',
  deployments: 'Bereitstellungen',
  lastMonth: 'Letzter ganzer Monat',
  month: 'Monat',
  more: {
    one: '{count} weiteres wird nicht gezeigt.',
    other: '{count} weitere werden nicht gezeigt, nur die größten.',
  },
  nothing: 'Nichts anzusehen im {month}',
  nothingAdvice:
    'Hier stünden zurückgeholte Zahlungen, einzelne große Kunden, Erstattungen im Kreis, Beziehungen und Preissprünge.',
  oneCustomer: 'Ein Kunde hinter dem meisten Umsatz',
  oneCustomerHint: 'Ein Kunde brachte mehr als die Hälfte des Bruttoumsatzes eines Partners in diesem Monat.',
  oneCustomerIs: '{user} brachte {gross} der {partnerGross}, die die Module von {partner} eingenommen haben.',
  refundedInCircles: 'Gekauft, bereitgestellt, erstattet',
  refundedInCirclesHint:
    'Ein Kunde kaufte Credits, und drei oder mehr Bereitstellungen eines Moduls, mindestens die Hälfte, wurden erstattet.',
  refundedInCirclesIs:
    '{user} stellte {module} von {partner} {deployments}-mal bereit; {refunded} wurden erstattet: {credits} Credits.',
  related: 'Kunde und Partner sind vielleicht verbunden',
  relatedHint:
    'Sie haben dieselbe E-Mail-Adresse oder Adressen einer Domain, die kein öffentlicher Maildienst ist.',
  relatedByAddress:
    '{user} und Partner {partner} haben dieselbe E-Mail-Adresse; die Bereitstellungen ergaben {gross}.',
  relatedByDomain:
    '{user} und Partner {partner} haben Adressen einer Domain; die Bereitstellungen ergaben {gross}.',
  reversedRevenue: 'Umsatz, dessen Zahlung zurückgeholt wurde',
  reversedRevenueHint:
    'Ein Kauf, der in diesem Monat zurückgeholt wurde, hatte Module eines Partners bezahlt.',
  reversedRevenueIs:
    '{reversed} des Kaufs {purchase} von {user} wurden zurückgeholt; er hatte {partner} {paid} gezahlt und zahlt noch {still}.',
  signals: 'Signale',
  subtitle:
    'Was ein Mensch ansehen sollte. Nichts wird dadurch gesperrt, niemand beurteilt. Monate in {zone}.',
};
