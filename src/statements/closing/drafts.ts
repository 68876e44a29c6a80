import type { EntityManager } from 'typeorm';
import {
  balanceOf,
  comparePlatformIds,
  isOpeningStated,
  revenueFromNumeric,
  revenueOf,
  type Revenue,
  type StatementBalance,
} from '../../domain/index.js';
import { readChanged, type ChangedDeployment } from './open-adjustments.js';
import { monthSums, type MonthSums } from './month-sums.js';
import type { ClosingTerms } from './terms.js';

/** A statement that the closing writes. */
export interface StatementDraft extends StatementBalance, MonthSums {
  readonly partnerId: string;
  readonly opening: Revenue;
  readonly adjustments: Revenue;
  /** Number of adjustment lines. */
  readonly adjustedDeployments: number;
}

/** All statements of a month, sorted by partner, and the changed deployments that they adjust. */
export interface MonthDraft {
  readonly statements: readonly StatementDraft[];
  readonly changed: readonly ChangedDeployment[];
}

const NO_SUMS: MonthSums = { deployments: 0, purchasedCredits: '0', grossRevenue: '0', revenue: 0n };

/** What closing the month now would state, in the snapshot of the manager. */
export async function draftMonth(terms: ClosingTerms, manager: EntityManager): Promise<MonthDraft> {
  const sums = await monthSums(terms, terms.shares, manager);
  const changed = await readChanged(terms, manager);
  const openings = await readOpenings(manager);
  const adjustments = adjustmentsByPartner(changed, terms);
  const withLines = new Set([...sums.keys(), ...adjustments.keys()]);
  const stated = [...openings].filter(([, opening]) => isOpeningStated(opening, terms.currencyMinorUnit));
  const partners = [...new Set([...withLines, ...stated.map(([id]) => id)])].sort(comparePlatformIds);
  const statements = partners.map((partnerId): StatementDraft => {
    const month = sums.get(partnerId) ?? NO_SUMS;
    const opening = openings.get(partnerId) ?? 0n;
    const adjusted = adjustments.get(partnerId) ?? { revenue: 0n, count: 0 };
    const parts = { opening, revenue: month.revenue, adjustments: adjusted.revenue };
    return { partnerId, ...month, ...parts, ...balanceOf(parts, terms), adjustedDeployments: adjusted.count };
  });
  return { statements, changed };
}

/** What the last statement of each partner carried; of one partner, or of all. */
export async function readOpenings(
  manager: EntityManager,
  partnerId: string | null = null,
): Promise<Map<string, Revenue>> {
  const rows = await manager.query<{ partnerId: string; carried: string }[]>(
    `SELECT partner.id AS "partnerId", last.carried::text AS carried
       FROM (SELECT DISTINCT partner_id AS id FROM modules
              WHERE partner_id IS NOT NULL AND ($1::text IS NULL OR partner_id = $1)) AS partner
        CROSS JOIN LATERAL (SELECT carried FROM statements WHERE partner_id = partner.id
                             ORDER BY month DESC LIMIT 1) AS last`,
    [partnerId],
  );
  return new Map(rows.map(({ partnerId: id, carried }) => [id, revenueFromNumeric(carried)]));
}

function adjustmentsByPartner(
  changed: readonly ChangedDeployment[],
  { shares }: ClosingTerms,
): Map<string, { readonly revenue: Revenue; readonly count: number }> {
  const sums = new Map<string, { revenue: Revenue; count: number }>();
  for (const { partnerId, grossNow, statedGross, createdAt } of changed) {
    const sum = sums.get(partnerId) ?? { revenue: 0n, count: 0 };
    sum.revenue += revenueOf(grossNow - statedGross, shares.at(createdAt));
    sum.count += 1;
    sums.set(partnerId, sum);
  }
  return sums;
}
