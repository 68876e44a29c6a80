import {
  formatDecimal,
  formatRevenue,
  microsFromNumeric,
  revenueOf,
  type Micros,
  type RevenueShare,
} from '../../domain/index.js';
import type { AnsweredFilter } from '../filter/answered-filter.js';
import type { RevenueFilterRequest } from '../filter/revenue-filter.js';
import type { GroupedSums } from '../summary/grouped-sums.js';
import type { Subject } from '../summary/subjects.js';

/** Request for a preview of another share. */
export interface PreviewRequest extends RevenueFilterRequest {
  /** A valid value of the variable `partnerRevenueShare`. */
  readonly value: string;
}

/** The effect of another share; canonical decimals. */
export interface PreviewFigures {
  readonly grossRevenue: string;
  readonly revenueNow: string;
  readonly revenueThen: string;
  /** Negative if a partner would get less. */
  readonly difference: string;
}

/** The figures of one partner. */
export interface PreviewRow extends PreviewFigures {
  readonly partnerId: string;
  readonly partnerName: string;
}

/** The partners' revenue under the share in force and under another share, from one snapshot. */
export interface SharePreview {
  readonly data: readonly PreviewRow[];
  readonly totals: PreviewFigures;
  readonly value: string;
  readonly partnerRevenueShare: string;
  readonly currency: string;
  readonly filter: AnsweredFilter;
  readonly snapshotAt: string;
}

/** The share in force and the share to try. */
export interface Shares {
  readonly now: RevenueShare;
  readonly then: RevenueShare;
}

/**
 * Rows of all partners in the order of `subjects`, and their sums. The share does not apply to the platform's own
 * modules.
 */
export function previewRows(
  subjects: readonly Subject[],
  groups: readonly GroupedSums[],
  shares: Shares,
): Pick<SharePreview, 'data' | 'totals'> {
  const gross = new Map(
    groups.map(({ subjectId, sums }) => [subjectId, microsFromNumeric(sums.sharedGross)]),
  );
  let total: Micros = 0n;
  const data = subjects.flatMap(({ id, label }) => {
    if (id === null) return [];
    const own = gross.get(id) ?? 0n;
    total += own;
    return [{ partnerId: id, partnerName: label, ...figures(own, shares) }];
  });
  return { data, totals: figures(total, shares) };
}

function figures(gross: Micros, { now, then }: Shares): PreviewFigures {
  const [revenueNow, revenueThen] = [revenueOf(gross, now), revenueOf(gross, then)];
  return {
    grossRevenue: formatDecimal(gross),
    revenueNow: formatRevenue(revenueNow),
    revenueThen: formatRevenue(revenueThen),
    difference: formatRevenue(revenueThen - revenueNow),
  };
}
