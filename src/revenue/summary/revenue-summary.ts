import { formatRevenueShare, type RevenueShare } from '../../domain/index.js';
import { instantFromPostgres, type Snapshot } from '../../platform/database/index.js';
import type { Variables } from '../../variables/index.js';
import { answeredFilter, type AnsweredFilter } from '../filter/answered-filter.js';
import type { RevenueFilter, RevenueFilterRequest } from '../filter/revenue-filter.js';
import { reportTotals, type ReportTotals } from '../report/report-totals.js';
import { NO_SUMS, type RevenueSums } from '../rollup/figures.js';
import type { Viewer } from '../viewer.js';
import type { GroupedSums } from './grouped-sums.js';
import { wordsOf, type Grouping, type GroupingWord } from './grouping.js';
import type { Period } from './periods.js';
import type { Subject } from './subjects.js';

/** What somebody asks a summary for. */
export interface SummaryRequest extends RevenueFilterRequest {
  /** One of GROUPINGS. */
  readonly groupBy: string;
}

/** The sums of a period, a module, a partner, or a period of one of these. */
export interface SummaryRow extends ReportTotals {
  /** The period's where the summary is by one, or else the module's or partner's id; null: the platform itself. */
  readonly key: string | null;
  readonly label: string;
  /** Of periods: the range that the row is about, `[from, to)`. */
  readonly from?: string;
  readonly to?: string;
  /** Of a period of one module. */
  readonly moduleId?: string;
  readonly moduleName?: string;
  /** Of a period of one partner; of modules for finance and admin alone. Null: the platform's own. */
  readonly partnerId?: string | null;
  /** Of a period of one partner. */
  readonly partnerName?: string;
}

/** Sums of a report by period, module or partner, and of all of it, from one snapshot. */
export interface RevenueSummary {
  readonly data: readonly SummaryRow[];
  readonly totals: ReportTotals;
  /** The period first. */
  readonly groupBy: readonly GroupingWord[];
  readonly partnerRevenueShare: string;
  readonly currency: string;
  readonly filter: AnsweredFilter;
  readonly snapshotAt: string;
}

/** All that one snapshot gives for a summary. */
export interface SummaryFindings {
  readonly filter: RevenueFilter;
  readonly grouping: Grouping;
  /** None where the summary is by none. */
  readonly periods: readonly Period[];
  /** None where the summary is by none. */
  readonly subjects: readonly Subject[];
  readonly groups: readonly GroupedSums[];
  readonly totals: RevenueSums;
}

/**
 * Puts a summary together: the periods in their order, in each of them all subjects in theirs, with zeros where a
 * subject has no deployments in a period.
 */
export function revenueSummary(
  findings: SummaryFindings,
  { partnerRevenueShare, currency, timeZone }: Variables,
  { takenAt }: Snapshot,
  viewer: Viewer,
): RevenueSummary {
  const { filter, grouping, totals } = findings;
  return {
    data: summaryRows(findings, partnerRevenueShare, viewer),
    totals: reportTotals(totals, partnerRevenueShare, viewer),
    groupBy: wordsOf(grouping),
    partnerRevenueShare: formatRevenueShare(partnerRevenueShare),
    currency,
    filter: answeredFilter(filter, timeZone),
    snapshotAt: instantFromPostgres(takenAt),
  };
}

function summaryRows(findings: SummaryFindings, share: RevenueShare, viewer: Viewer): SummaryRow[] {
  const { grouping, groups } = findings;
  const periods = grouping.unit === null ? [null] : findings.periods;
  const subjects = grouping.subject === null ? [null] : findings.subjects;
  const found = new Map(groups.map(({ period, subjectId, sums }) => [placeOf(period, subjectId), sums]));
  return periods.flatMap((period, index) =>
    subjects.map((subject) => {
      const sums = found.get(placeOf(index, subject?.id ?? null)) ?? NO_SUMS;
      return { ...namesOf(period, subject, grouping, viewer), ...reportTotals(sums, share, viewer) };
    }),
  );
}

/** No id has a space. */
function placeOf(period: number, subjectId: string | null): string {
  return subjectId === null ? `${period}` : `${period} ${subjectId}`;
}

/** What a row says before its figures, in the documented order. */
function namesOf(
  period: Period | null,
  subject: Subject | null,
  { subject: kind }: Grouping,
  viewer: Viewer,
): Omit<SummaryRow, keyof ReportTotals> {
  const { id = null, label: name = '', partnerId = null } = subject ?? {};
  const whose = kind === 'module' && viewer.kind === 'everybody' ? { partnerId } : {};
  if (period === null) return { key: id, label: name, ...whose };
  const { key, label, from, to } = period;
  if (kind === null) return { key, label, from, to };
  return kind === 'module'
    ? { key, label, from, to, moduleId: id as string, moduleName: name, ...whose }
    : { key, label, from, to, partnerId: id, partnerName: name };
}
