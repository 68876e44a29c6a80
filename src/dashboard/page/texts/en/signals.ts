export const texts = {
  costlierThanBefore: 'Prices that more than doubled',
  costlierThanBeforeHint: 'A deployment cost more than twice the same customer’s previous one of the module.',
  costlierThanBeforeIs:
    '{module} of {partner} cost {user} {cost} credits, and {before} credits the time before.',
  deployments: 'Deployments',
  lastMonth: 'Last whole month',
  month: 'Month',
  more: { one: '{count} more is not shown.', other: '{count} more are not shown, the largest are.' },
  nothing: 'Nothing to look at in {month}',
  nothingAdvice:
    'Payments taken back, single large customers, refunds in circles, relations and price jumps would be here.',
  oneCustomer: 'One customer behind most revenue',
  oneCustomerHint: 'One customer brought more than half of a partner’s gross revenue of the month.',
  oneCustomerIs: '{user} brought {gross} of the {partnerGross} that the modules of {partner} earned.',
  refundedInCircles: 'Bought, deployed, refunded',
  refundedInCirclesHint:
    'A customer bought credits, and three or more deployments of one module, at least half of them, were refunded.',
  refundedInCirclesIs:
    '{user} deployed {module} of {partner} {deployments} times; {refunded} were refunded: {credits} credits.',
  related: 'Customer and partner may be related',
  relatedHint:
    'They have the same e-mail address, or addresses of one domain that is no public mail service.',
  relatedByAddress:
    '{user} and partner {partner} have the same e-mail address; the deployments gave {gross}.',
  relatedByDomain: '{user} and partner {partner} have addresses of one domain; the deployments gave {gross}.',
  reversedRevenue: 'Revenue whose payment was taken back',
  reversedRevenueHint: 'A purchase that was taken back in the month had paid for modules of a partner.',
  reversedRevenueIs:
    '{reversed} of purchase {purchase} of {user} were taken back; it had paid {paid} to {partner} and still pays {still}.',
  signals: 'Signals',
  subtitle: 'What a person should look at. Nothing is blocked by it, and nobody is judged. Months of {zone}.',
} as const;
