/** The summed columns of deployments. */
export const SUMMED_FIGURES = {
  creditCost: 'credit_cost',
  freeCredits: 'free_credits',
  purchasedCredits: 'purchased_credits',
  unpaidCredits: 'unpaid_credits',
  refundedCredits: 'refunded_credits',
  grossRevenue: 'gross_revenue',
  sharedGross: 'shared_gross',
} as const;

export const FIGURE_COLUMNS: readonly string[] = Object.values(SUMMED_FIGURES);

/** Exact sums as PostgreSQL returns them: a count, and canonical decimals. */
export type RevenueSums = Readonly<Record<'deployments' | keyof typeof SUMMED_FIGURES | 'revenue', string>>;

export const SUM_NAMES = [
  'deployments',
  ...Object.keys(SUMMED_FIGURES),
  'revenue',
] as readonly (keyof RevenueSums)[];

/** Sums of no rows. */
export const NO_SUMS: RevenueSums = {
  deployments: '0',
  creditCost: '0',
  freeCredits: '0',
  purchasedCredits: '0',
  unpaidCredits: '0',
  refundedCredits: '0',
  grossRevenue: '0',
  sharedGross: '0',
  revenue: '0',
};

/** Picks the sums from an object that has more fields. */
export function sumsOf(sums: RevenueSums): RevenueSums {
  const { deployments, creditCost, freeCredits, purchasedCredits, unpaidCredits, refundedCredits } = sums;
  const { grossRevenue, sharedGross, revenue } = sums;
  return {
    deployments,
    creditCost,
    freeCredits,
    purchasedCredits,
    unpaidCredits,
    refundedCredits,
    grossRevenue,
    sharedGross,
    revenue,
  };
}
