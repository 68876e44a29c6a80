import { defineProblems } from '../platform/problem/index.js';

/** Errors of closings, statements and payments. */
export const STATEMENTS_PROBLEMS = defineProblems('STATEMENTS', {
  NOT_FOUND: { status: 404, title: 'No such statement' },
  CLOSING_NOT_FOUND: { status: 404, title: 'The month is not closed' },
  PARTNER_NOT_FOUND: { status: 404, title: 'No such partner' },
  MONTH_NOT_OVER: { status: 409, title: 'The month is not over' },
  OUT_OF_ORDER: { status: 409, title: 'Months are closed one after the other' },
  ZONE_FIXED: { status: 409, title: 'The first closing fixed the time zone' },
  EARLIER_REVENUE: {
    status: 409,
    title: 'Partners have revenue before the first month',
    extraExample: { deployments: '12', grossRevenue: '34.5' },
  },
  UNKNOWN_ZONE: { status: 400, title: 'The time zone is unknown', field: 'timeZone' },
  TOO_MANY_PLACES: { status: 400, title: 'The amount has too many places', field: 'amount' },
  MORE_THAN_OPEN: {
    status: 422,
    title: 'The amount is more than what is open',
    extraExample: { open: '2.1' },
  },
  NOTHING_OPEN: { status: 422, title: 'Nothing is open' },
  PAID_AHEAD: { status: 422, title: 'The time of the payment is in the future' },
  UNKNOWN_PAYMENT: { status: 422, title: 'No such payment to reverse' },
  ALREADY_REVERSED: { status: 409, title: 'The payment is reversed already' },
  PAYMENT_CONFLICT: { status: 409, title: 'The id belongs to a payment with other content' },
  OWN_INTEREST: { status: 403, title: 'You cannot record payments for yourself' },
});
