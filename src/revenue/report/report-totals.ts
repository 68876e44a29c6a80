import type { PoolClient } from 'pg';
import {
  formatRevenue,
  microsFromNumeric,
  platformRevenueOf,
  revenueFromNumeric,
  type ShareTimeline,
} from '../../domain/index.js';
import type { RevenueFilter } from '../filter/revenue-filter.js';
import { NO_SUMS, SUM_NAMES, sumsOf, type RevenueSums } from '../rollup/figures.js';
import { sumPeriods } from '../rollup/sums.js';
import type { Viewer } from '../viewer.js';

/** The exact sums of all rows of a filter. Decimals are canonical strings. */
export interface ReportTotals {
  /** Number of rows. */
  readonly deployments: number;
  readonly creditCost: string;
  readonly freeCredits: string;
  readonly purchasedCredits: string;
  readonly unpaidCredits: string;
  readonly refundedCredits: string;
  readonly grossRevenue: string;
  readonly revenue: string;
  /** For finance and admin only. */
  readonly platformRevenue?: string;
}

/**
 * Sums the rows of a filter, from rollups except at the edges of its range. Every total comes from here, also in
 * `verify`.
 */
export async function sumRows(
  client: PoolClient,
  filter: RevenueFilter,
  shares: ShareTimeline,
): Promise<RevenueSums> {
  const [whole] = await sumPeriods(client, { filter, shares });
  return whole === undefined ? NO_SUMS : sumsOf(whole);
}

/** Sums from a list in the order of SUM_NAMES; null: there were no rows. */
export function sumsFromList(texts: readonly string[] | null): RevenueSums {
  if (texts === null) return NO_SUMS;
  return Object.fromEntries(SUM_NAMES.map((name, index) => [name, texts[index]])) as RevenueSums;
}

/** The totals of the report. `sumsQuery` has added up revenue step by step, which is exactly the sum over the rows. */
export function reportTotals(
  { deployments, sharedGross: _, ...decimals }: RevenueSums,
  viewer: Viewer,
): ReportTotals {
  const totals = { deployments: Number(deployments), ...decimals };
  if (viewer.kind === 'partner') return totals;
  const [gross, revenue] = [microsFromNumeric(decimals.grossRevenue), revenueFromNumeric(decimals.revenue)];
  return { ...totals, platformRevenue: formatRevenue(platformRevenueOf(gross, revenue)) };
}
