import type { PoolClient } from 'pg';
import {
  formatRevenue,
  microsFromNumeric,
  platformRevenueOf,
  revenueOf,
  type RevenueShare,
} from '../../domain/index.js';
import { filterConditions, SqlParameters, where } from '../filter/filter-conditions.js';
import type { RevenueFilter } from '../filter/revenue-filter.js';
import type { Viewer } from '../viewer.js';
import { preparedQuery } from '../../platform/database/index.js';

/** The exact sums of all rows of a filter. Decimals are canonical strings. */
export interface ReportTotals {
  /** How many rows. */
  readonly deployments: number;
  readonly creditCost: string;
  readonly freeCredits: string;
  readonly purchasedCredits: string;
  readonly unpaidCredits: string;
  readonly refundedCredits: string;
  readonly grossRevenue: string;
  readonly revenue: string;
  /** For finance and admin alone. */
  readonly platformRevenue?: string;
}

/** The sums as PostgreSQL gives them. */
export interface StoredTotals {
  readonly deployments: string;
  readonly creditCost: string;
  readonly freeCredits: string;
  readonly purchasedCredits: string;
  readonly unpaidCredits: string;
  readonly refundedCredits: string;
  readonly grossRevenue: string;
  readonly sharedGross: string;
}

/** The select list of StoredTotals over `deployment_revenue AS revenue`. */
export const SUM_COLUMNS = `
  count(*) AS deployments,
  ${sumOf('credit_cost')} AS "creditCost",
  ${sumOf('free_credits')} AS "freeCredits",
  ${sumOf('purchased_credits')} AS "purchasedCredits",
  ${sumOf('unpaid_credits')} AS "unpaidCredits",
  ${sumOf('refunded_credits')} AS "refundedCredits",
  ${sumOf('gross_revenue')} AS "grossRevenue",
  ${sumOf('shared_gross')} AS "sharedGross"`;

/**
 * Sums up a filter's rows. Sums that are kept per day and module belong here, and nowhere else: whoever needs totals,
 * `verify` included, asks this function.
 */
export async function sumRows(client: PoolClient, filter: RevenueFilter): Promise<StoredTotals> {
  const parameters = new SqlParameters();
  const conditions = filterConditions(filter, parameters);
  const [sums] = await preparedQuery<{ [Sum in keyof StoredTotals]: string }>(
    client,
    `SELECT ${SUM_COLUMNS} FROM deployment_revenue AS revenue ${where(conditions)}`,
    parameters.values,
  );
  return sums as StoredTotals;
}

/** What the report shows of the sums: revenue is the share of the summed gross, and so the exact sum of the rows'. */
export function reportTotals(sums: StoredTotals, share: RevenueShare, viewer: Viewer): ReportTotals {
  const { deployments, sharedGross, ...decimals } = sums;
  const revenue = revenueOf(microsFromNumeric(sharedGross), share);
  const totals = { deployments: Number(deployments), ...decimals, revenue: formatRevenue(revenue) };
  if (viewer.kind === 'partner') return totals;
  const gross = microsFromNumeric(sums.grossRevenue);
  return { ...totals, platformRevenue: formatRevenue(platformRevenueOf(gross, revenue)) };
}

function sumOf(column: string): string {
  return `trim_scale(coalesce(sum(revenue.${column}), 0))`;
}
