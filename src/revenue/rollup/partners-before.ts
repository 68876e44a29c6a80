import type { PoolClient } from 'pg';
import { parseInstant, shareTimeline, type Instant } from '../../domain/index.js';
import { sumPeriods } from './sums.js';

/** Deployments of partners' modules with gross revenue, and that gross as a canonical decimal. */
export interface PartnersGross {
  readonly deployments: number;
  readonly grossRevenue: string;
}

/** The sums are of gross revenue only. */
const NO_SHARES = shareTimeline([{ from: null, share: 0n }]);

/**
 * Sums what partners' modules have before an instant, from rollups except at its edge.
 *
 * @param instant in the form of docs/contract.md
 */
export async function partnersGrossBefore(client: PoolClient, instant: string): Promise<PartnersGross> {
  const to = { instant: parseInstant(instant) as Instant, at: instant, sql: instant };
  const filter = {
    startDate: null,
    endDate: null,
    from: null,
    to,
    timeZone: null,
    moduleIds: [],
    exceptModuleIds: [],
    userIds: [],
    partnerIds: [],
    owner: 'partner' as const,
    includeFree: false,
  };
  const [sums] = await sumPeriods(client, { filter, shares: NO_SHARES });
  return { deployments: Number(sums?.deployments ?? 0), grossRevenue: sums?.grossRevenue ?? '0' };
}
