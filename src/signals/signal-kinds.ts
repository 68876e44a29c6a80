/** The kinds of signals, in the order of the answer. */
export const SIGNAL_KINDS = [
  'reversedRevenue',
  'oneCustomer',
  'refundedInCircles',
  'related',
  'costlierThanBefore',
] as const;
export type SignalKind = (typeof SIGNAL_KINDS)[number];
