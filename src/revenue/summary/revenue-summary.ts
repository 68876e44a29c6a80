import { statedSteps, stepsWithin, type StatedStep } from '../../domain/index.js';
import { instantFromPostgres, type Snapshot } from '../../platform/database/index.js';
import { shareInForce, type Variables } from '../../variables/index.js';
import { answeredFilter, type AnsweredFilter } from '../filter/answered-filter.js';
import { rangeOf, type RevenueFilter, type RevenueFilterRequest } from '../filter/revenue-filter.js';
import { reportTotals, type ReportTotals } from '../report/report-totals.js';
import { NO_SUMS, type RevenueSums } from '../rollup/figures.js';
import type { Viewer } from '../viewer.js';
import type { GroupedSums } from './grouped-sums.js';
import { wordsOf, type Grouping, type GroupingWord } from './grouping.js';
import type { Period } from './periods.js';
import type { Subject } from './subjects.js';

/** Request for a summary. */
export interface SummaryRequest extends RevenueFilterRequest {
  /** One of GROUPINGS. */
  readonly groupBy: string;
  /** Most customers; only with `user`. */
  readonly limit?: number;
}

/** The sums of a period, a module or a partner, or of one module or partner in a period. */
export interface SummaryRow extends ReportTotals {
  /**
   * The period's key if the summary is by a period, otherwise the id of the module, partner or customer; null: the
   * platform.
   */
  readonly key: string | null;
  readonly label: string;
  /** Only with a period: the range of the row, `[from, to)`. */
  readonly from?: string;
  readonly to?: string;
  /** Only with a period and `module`. */
  readonly moduleId?: string;
  readonly moduleName?: string;
  /** With a period and `partner`; with `module` only for finance and admin. Null: the platform. */
  readonly partnerId?: string | null;
  /** Only with a period and `partner`. */
  readonly partnerName?: string;
}

/** Sums of a report by period, module or partner, and the totals of the whole report, from one snapshot. */
export interface RevenueSummary {
  readonly data: readonly SummaryRow[];
  readonly totals: ReportTotals;
  /** The period first. */
  readonly groupBy: readonly GroupingWord[];
  /** Only with `user`: how many customers have rows; `data` contains the largest. */
  readonly userCount?: number;
  /** The share in force at `snapshotAt`. */
  readonly partnerRevenueShare: string;
  /** The shares inside the filter's range. */
  readonly shares: readonly StatedStep[];
  readonly currency: string;
  readonly filter: AnsweredFilter;
  readonly snapshotAt: string;
}

/** The results of one snapshot for a summary. */
export interface SummaryFindings {
  readonly filter: RevenueFilter;
  readonly grouping: Grouping;
  /** Empty if the summary is not by a period. */
  readonly periods: readonly Period[];
  /** Empty if the summary is not by a subject. */
  readonly subjects: readonly Subject[];
  readonly groups: readonly GroupedSums[];
  /** How many customers have rows; null if the summary is not by them. */
  readonly userCount: number | null;
  readonly totals: RevenueSums;
}

/**
 * Builds a summary: the periods in order, each with all subjects in order, and zeros if a subject has no deployments in
 * a period.
 */
export function revenueSummary(
  findings: SummaryFindings,
  { shares, currency, timeZone }: Variables,
  { takenAt }: Snapshot,
  viewer: Viewer,
): RevenueSummary {
  const { filter, grouping, totals, userCount } = findings;
  const snapshotAt = instantFromPostgres(takenAt);
  return {
    data: summaryRows(findings, viewer),
    totals: reportTotals(totals, viewer),
    groupBy: wordsOf(grouping),
    ...(userCount === null ? {} : { userCount }),
    partnerRevenueShare: shareInForce(shares, snapshotAt),
    shares: statedSteps(stepsWithin(shares, rangeOf(filter))),
    currency,
    filter: answeredFilter(filter, timeZone),
    snapshotAt,
  };
}

function summaryRows(findings: SummaryFindings, viewer: Viewer): SummaryRow[] {
  const { grouping, groups } = findings;
  const periods = grouping.unit === null ? [null] : findings.periods;
  const subjects = grouping.subject === null ? [null] : findings.subjects;
  const found = new Map(groups.map(({ period, subjectId, sums }) => [placeOf(period, subjectId), sums]));
  return periods.flatMap((period, index) =>
    subjects.map((subject) => {
      const sums = found.get(placeOf(index, subject?.id ?? null)) ?? NO_SUMS;
      return { ...namesOf(period, subject, grouping, viewer), ...reportTotals(sums, viewer) };
    }),
  );
}

/** Ids contain no space, so the key is unambiguous. */
function placeOf(period: number, subjectId: string | null): string {
  return subjectId === null ? `${period}` : `${period} ${subjectId}`;
}

/** The fields of a row before its figures, in the documented order. */
function namesOf(
  period: Period | null,
  subject: Subject | null,
  { subject: kind }: Grouping,
  viewer: Viewer,
): Omit<SummaryRow, keyof ReportTotals> {
  const { id = null, label: name = '', partnerId = null } = subject ?? {};
  const owner = kind === 'module' && viewer.kind === 'everybody' ? { partnerId } : {};
  if (period === null) return { key: id, label: name, ...owner };
  const { key, label, from, to } = period;
  if (kind === null) return { key, label, from, to };
  return kind === 'module'
    ? { key, label, from, to, moduleId: id as string, moduleName: name, ...owner }
    : { key, label, from, to, partnerId: id, partnerName: name };
}
