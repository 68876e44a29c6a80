import type { PoolClient } from 'pg';
import type { ShareTimeline } from '../../domain/index.js';
import { preparedQuery } from '../../platform/database/index.js';
import { filterConditions, SqlParameters, where } from '../filter/filter-conditions.js';
import type { RevenueFilter } from '../filter/revenue-filter.js';
import { sumsOf } from '../rollup/figures.js';
import { sumPeriods } from '../rollup/sums.js';
import type { GroupedSums } from './grouped-sums.js';

/** The customers with the highest gross revenue, and how many there are in all. */
export interface LargestUsers {
  readonly groups: readonly GroupedSums[];
  readonly count: number;
}

/**
 * Sums the rows of the customers with the highest gross revenue. There are no rollups by customer, because every charge
 * would write them. So one statement reads the gross revenue of all rows of the filter, and another one sums the rows of
 * the customers that it found.
 *
 * @param most how many customers
 */
export async function sumLargestUsers(
  client: PoolClient,
  filter: RevenueFilter,
  shares: ShareTimeline,
  most: number,
): Promise<LargestUsers> {
  const { text, values } = largestUsersQuery(filter, most);
  const found = await preparedQuery<{ id: string; count: string }>(client, text, values);
  const [first] = found;
  if (first === undefined) return { groups: [], count: 0 };
  const sums = await sumPeriods(client, {
    filter: { ...filter, userIds: found.map(({ id }) => id) },
    shares,
    by: 'user',
  });
  return {
    groups: sums.map((one) => ({ period: 0, subjectId: one.key, sums: sumsOf(one) })),
    count: Number(first.count),
  };
}

function largestUsersQuery(filter: RevenueFilter, most: number): { text: string; values: unknown[] } {
  const parameters = new SqlParameters();
  const conditions = where(filterConditions(filter, parameters));
  const text = `
    SELECT id, count(*) OVER () AS count
      FROM (SELECT revenue.user_id AS id, sum(revenue.gross_revenue) AS gross
              FROM deployment_revenue AS revenue ${conditions} GROUP BY 1) AS customer
     ORDER BY gross DESC, id LIMIT ${parameters.add(most)}`;
  return { text, values: parameters.values };
}
