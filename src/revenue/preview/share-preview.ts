import {
  formatDecimal,
  formatRevenue,
  microsFromNumeric,
  revenueOf,
  stepsWithin,
  type Micros,
  type Revenue,
  type RevenueShare,
  type ShareTimeline,
  type StatedStep,
  type TimeSpan,
} from '../../domain/index.js';
import type { AnsweredFilter } from '../filter/answered-filter.js';
import type { RevenueFilterRequest } from '../filter/revenue-filter.js';
import type { GroupedSums } from '../summary/grouped-sums.js';
import type { Subject } from '../summary/subjects.js';

/** Request for a preview of another share. */
export interface PreviewRequest extends RevenueFilterRequest {
  /** A valid value of the variable `partnerRevenueShare`. */
  readonly value: string;
  /** The day from which it would hold; absent: for everything that is not closed. */
  readonly effectiveFrom?: string;
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
  readonly effectiveFrom: string | null;
  /** The share in force at `snapshotAt`. */
  readonly partnerRevenueShare: string;
  /** The shares inside the filter's range, and what they would be. */
  readonly shares: readonly StatedStep[];
  readonly sharesThen: readonly StatedStep[];
  readonly currency: string;
  readonly filter: AnsweredFilter;
  readonly snapshotAt: string;
}

/** A part of the range in which neither timeline has a step. */
export interface Piece extends TimeSpan {
  readonly now: RevenueShare;
  readonly then: RevenueShare;
}

/** A range, cut at the steps of both timelines. */
export function piecesOf(now: ShareTimeline, then: ShareTimeline, range: TimeSpan): Piece[] {
  return stepsWithin(now, range).flatMap((step) =>
    stepsWithin(then, step).map(({ from, to, share }) => ({ from, to, now: step.share, then: share })),
  );
}

/** Exact sums of one partner or of all. */
interface Sums {
  readonly gross: Micros;
  readonly now: Revenue;
  readonly then: Revenue;
}

const NOTHING: Sums = { gross: 0n, now: 0n, then: 0n };

/**
 * Rows of all partners in the order of `subjects`, and their sums. The share does not apply to the platform's own
 * modules.
 *
 * @param groups by partner; the period of a group is the index of its piece
 */
export function previewRows(
  subjects: readonly Subject[],
  groups: readonly GroupedSums[],
  pieces: readonly Piece[],
): Pick<SharePreview, 'data' | 'totals'> {
  const byPartner = new Map<string | null, Sums>();
  for (const { subjectId, period, sums } of groups) {
    const { now, then } = pieces[period] as Piece;
    const gross = microsFromNumeric(sums.sharedGross);
    const part = { gross, now: revenueOf(gross, now), then: revenueOf(gross, then) };
    byPartner.set(subjectId, sumOf(byPartner.get(subjectId) ?? NOTHING, part));
  }
  let total = NOTHING;
  const data = subjects.flatMap(({ id, label }) => {
    if (id === null) return [];
    const own = byPartner.get(id) ?? NOTHING;
    total = sumOf(total, own);
    return [{ partnerId: id, partnerName: label, ...figures(own) }];
  });
  return { data, totals: figures(total) };
}

function sumOf(one: Sums, other: Sums): Sums {
  return { gross: one.gross + other.gross, now: one.now + other.now, then: one.then + other.then };
}

function figures({ gross, now, then }: Sums): PreviewFigures {
  return {
    grossRevenue: formatDecimal(gross),
    revenueNow: formatRevenue(now),
    revenueThen: formatRevenue(then),
    difference: formatRevenue(then - now),
  };
}
