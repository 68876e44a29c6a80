import type { PoolClient } from 'pg';
import { preparedQuery } from '../../platform/database/index.js';
import { SqlParameters } from '../filter/filter-conditions.js';
import type { RevenueFilter } from '../filter/revenue-filter.js';
import { rowSources } from '../filter/row-sources.js';
import type { Viewer } from '../viewer.js';
import { dayOf } from './periods.js';

/** The local days of the first and the last deployment; null if there is none. */
interface DeploymentDays {
  readonly firstDay: string | null;
  readonly lastDay: string | null;
}

/**
 * Reads the days between which a viewer has rows, with and without revenue. Each end of each range is one row of an
 * index.
 *
 * @param client in the snapshot to read
 */
export async function readDeploymentDays(
  client: PoolClient,
  viewer: Viewer,
  timeZone: string,
): Promise<DeploymentDays> {
  const { text, values } = deploymentDaysQuery(viewer, timeZone);
  const [days] = await preparedQuery<{ firstDay: string | null; lastDay: string | null }>(
    client,
    text,
    values,
  );
  return days ?? { firstDay: null, lastDay: null };
}

/** The query of readDeploymentDays. */
export function deploymentDaysQuery(viewer: Viewer, timeZone: string): { text: string; values: unknown[] } {
  const parameters = new SqlParameters();
  const zone = `${parameters.add(timeZone)}::text`;
  const { ranges, condition } = rowSources(everythingOf(viewer), parameters);
  const end = (order: 'ASC' | 'DESC'): string => `
    (SELECT revenue.deployed_at FROM deployment_revenue AS revenue
      WHERE ${condition} ORDER BY revenue.deployed_at ${order} LIMIT 1)`;
  const text = `
    SELECT to_char(${dayOf('ends.first', zone)}, 'YYYY-MM-DD') AS "firstDay",
            to_char(${dayOf('ends.last', zone)}, 'YYYY-MM-DD') AS "lastDay"
       FROM (SELECT min(${end('ASC')}) AS first, max(${end('DESC')}) AS last FROM ${ranges}) AS ends`;
  return { text, values: parameters.values };
}

function everythingOf(viewer: Viewer): RevenueFilter {
  return {
    startDate: null,
    endDate: null,
    from: null,
    to: null,
    timeZone: null,
    moduleIds: [],
    exceptModuleIds: [],
    userIds: [],
    partnerIds: viewer.kind === 'partner' ? [viewer.partnerId] : [],
    owner: null,
    includeFree: true,
  };
}
