import type { PoolClient } from 'pg';
import type { ShareTimeline } from '../../domain/index.js';
import type { RevenueFilter } from '../filter/revenue-filter.js';
import { sumsOf, type RevenueSums } from '../rollup/figures.js';
import { sumPeriods, type PeriodSums, type SumsRequest } from '../rollup/sums.js';
import type { Interval } from '../rollup/segments.js';
import type { Grouping, SubjectKind } from './grouping.js';
import type { Period } from './periods.js';
import { SUMMARY_ROWS_MAX, tooManyRows } from './summary-limits.js';

/** The sums of one period and one subject. */
export interface GroupedSums {
  /** Index in the list of periods; 0 if the summary is not by a period. */
  readonly period: number;
  /** The module or partner; null: the platform's own modules, or a summary by periods only. */
  readonly subjectId: string | null;
  readonly sums: RevenueSums;
}

/**
 * Sums the rows of a filter by period and subject, from rollups except at the edges. Combinations without rows are left
 * out.
 *
 * @param periods from `readPeriods`; empty if the summary is not by a period
 * @throws Problem 400 for more than SUMMARY_ROWS_MAX rows, including rows of zeros
 */
export async function sumGroups(
  client: PoolClient,
  filter: RevenueFilter,
  shares: ShareTimeline,
  { unit, subject }: Grouping,
  periods: readonly Period[],
): Promise<GroupedSums[]> {
  const wanted = { filter, shares };
  if (unit === null) {
    return subject === null ? [] : groupsOf(await sumSubjects(client, wanted, subject, SUMMARY_ROWS_MAX));
  }
  if (periods.length === 0) return [];
  const ranges = periods.map(({ range }) => range);
  if (subject === null) return groupsOf(await sumPeriods(client, { ...wanted, periods: ranges }));
  const most = Math.floor(SUMMARY_ROWS_MAX / periods.length);
  const found = await sumSubjects(client, wanted, subject, most);
  if (found.length === 0) return [];
  const request = { shares, filter: onlyOf(found, subject, filter), periods: ranges, by: subject };
  return groupsOf(await sumPeriods(client, request));
}

/**
 * Sums the rows of a filter by partner, for each of some ranges. Combinations without rows are left out.
 *
 * @throws Problem 400 for more than SUMMARY_ROWS_MAX rows
 */
export async function sumPieces(
  client: PoolClient,
  filter: RevenueFilter,
  shares: ShareTimeline,
  pieces: readonly Interval[],
): Promise<GroupedSums[]> {
  const most = SUMMARY_ROWS_MAX + 1;
  const found = await sumPeriods(client, { filter, shares, periods: pieces, by: 'partner', most });
  if (found.length === most) throw tooManyRows();
  return groupsOf(found);
}

/** Sums of all subjects that have rows. @throws Problem 400 for more than `most` */
async function sumSubjects(
  client: PoolClient,
  wanted: Pick<SumsRequest, 'filter' | 'shares'>,
  subject: SubjectKind,
  most: number,
): Promise<PeriodSums[]> {
  const found = await sumPeriods(client, { ...wanted, by: subject, most: most + 1 });
  if (found.length > most) throw tooManyRows();
  return found;
}

/**
 * The same rows with a filter that names their subjects. By period, each module of a filter costs time, and most
 * modules have no rows in a month. The filter stays as it is if the platform is a subject, because the platform has no
 * id.
 */
function onlyOf(found: readonly PeriodSums[], subject: SubjectKind, filter: RevenueFilter): RevenueFilter {
  const ids = found.map(({ key }) => key).filter((id) => id !== null);
  if (subject === 'module') return { ...filter, moduleIds: ids };
  return ids.length === found.length ? { ...filter, partnerIds: ids } : filter;
}

function groupsOf(sums: readonly PeriodSums[]): GroupedSums[] {
  return sums.map((one) => ({ period: one.period, subjectId: one.key, sums: sumsOf(one) }));
}
