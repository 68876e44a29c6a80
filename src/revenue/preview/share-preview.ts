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

/** What somebody asks about a share that is not in force. */
export interface PreviewRequest extends RevenueFilterRequest {
  /** One that the variable `partnerRevenueShare` can have. */
  readonly value: string;
}

/** What a change of the share would change; canonical decimals. */
export interface PreviewFigures {
  readonly grossRevenue: string;
  readonly revenueNow: string;
  readonly revenueThen: string;
  /** Negative where a partner would get less. */
  readonly difference: string;
}

/** What one partner would get. */
export interface PreviewRow extends PreviewFigures {
  readonly partnerId: string;
  readonly partnerName: string;
}

/** What partners get by the share in force and would get by another, from one snapshot. */
export interface SharePreview {
  readonly data: readonly PreviewRow[];
  readonly totals: PreviewFigures;
  readonly value: string;
  readonly partnerRevenueShare: string;
  readonly currency: string;
  readonly filter: AnsweredFilter;
  readonly snapshotAt: string;
}

/** The share in force, and the one that is asked about. */
export interface Shares {
  readonly now: RevenueShare;
  readonly then: RevenueShare;
}

/** Rows of all partners in the order of `subjects`, and their sums. No share concerns the platform's own modules. */
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
