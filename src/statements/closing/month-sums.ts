import type { EntityManager } from 'typeorm';
import { revenueFromNumeric, type Revenue } from '../../domain/index.js';
import type { Shares } from './terms.js';

/** The revenue lines of a partner in a month, added up. Decimals are canonical texts. */
export interface MonthSums {
  readonly deployments: number;
  readonly purchasedCredits: string;
  readonly grossRevenue: string;
  readonly revenue: Revenue;
}

/** A half-open range of time, as PostgreSQL's texts; null: up to now. */
export interface Edges {
  readonly startsAt: string;
  readonly endsAt: string | null;
}

/** SQL condition on `revenue`: the deployments that a statement lists, of a partner's module and with gross revenue. */
export function statedDeployments({ from, to }: { readonly from: string; readonly to: string }): string {
  return `revenue.has_partner AND revenue.generating AND revenue.deployed_at >= ${from} AND revenue.deployed_at < ${to}`;
}

/**
 * Adds up the revenue lines of each partner, from the rows of the report. All rows are read, because their shares can
 * differ.
 */
export async function monthSums(
  { startsAt, endsAt }: Edges,
  shares: Shares,
  manager: EntityManager,
  partnerId: string | null = null,
): Promise<Map<string, MonthSums>> {
  const end = `coalesce($2::timestamptz, 'infinity')`;
  const rows = await manager.query<
    (Omit<MonthSums, 'revenue' | 'deployments'> & Record<'partnerId' | 'deployments' | 'revenue', string>)[]
  >(
    `SELECT partner_id AS "partnerId", sum(deployments) AS deployments,
            trim_scale(sum(purchased_credits))::text AS "purchasedCredits",
            trim_scale(sum(gross_revenue))::text AS "grossRevenue",
            sum(gross_revenue * percent * 0.01)::text AS revenue
       FROM (SELECT partner_id, ${shares.percentAt('deployed_at')} AS percent, count(*) AS deployments,
                    sum(purchased_credits) AS purchased_credits, sum(gross_revenue) AS gross_revenue
               FROM deployment_revenue AS revenue
              WHERE ${statedDeployments({ from: '$1::timestamptz', to: end })}
                AND ($3::text IS NULL OR partner_id = $3)
              GROUP BY 1, 2) AS part
      GROUP BY partner_id`,
    [startsAt, endsAt, partnerId],
  );
  return new Map(
    rows.map(({ partnerId: id, deployments, purchasedCredits, grossRevenue, revenue }) => [
      id,
      {
        deployments: Number(deployments),
        purchasedCredits,
        grossRevenue,
        revenue: revenueFromNumeric(revenue),
      },
    ]),
  );
}
