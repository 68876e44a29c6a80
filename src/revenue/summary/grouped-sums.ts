import type { PoolClient } from 'pg';
import { preparedQuery } from '../../platform/database/index.js';
import { filterConditions, SqlParameters, where } from '../filter/filter-conditions.js';
import type { RevenueFilter } from '../filter/revenue-filter.js';
import { SUM_COLUMNS } from '../report/report-totals.js';
import type { RevenueSums } from '../rollup/figures.js';
import type { Grouping, SubjectKind } from './grouping.js';
import type { Period } from './periods.js';
import { SUMMARY_ROWS_MAX, tooManyRows } from './summary-limits.js';

/** The sums of one period and one subject. */
export interface GroupedSums {
  /** Place in the list of periods; 0 where the summary is by none. */
  readonly period: number;
  /** The module or partner; null: the platform's own modules, or a summary by periods alone. */
  readonly subjectId: string | null;
  readonly sums: RevenueSums;
}

type StoredGroup = { [Field in keyof RevenueSums | 'period']: string } & {
  readonly subjectId: string | null;
};

const SUBJECT_COLUMNS: Readonly<Record<SubjectKind, string>> = {
  module: 'revenue.module_id',
  partner: 'revenue.partner_id',
};

/**
 * Sums up a filter's rows by period and subject; what has no rows is left out.
 *
 * @param periods those of `readPeriods`, or none where the summary is by none
 * @throws Problem 400 for more than SUMMARY_ROWS_MAX
 */
export async function sumGroups(
  client: PoolClient,
  filter: RevenueFilter,
  { unit, subject }: Grouping,
  periods: readonly Period[],
): Promise<GroupedSums[]> {
  if (unit !== null && periods.length === 0) return [];
  const parameters = new SqlParameters();
  const conditions = filterConditions(filter, parameters);
  // Of equal starts the last one counts: a day that the zone leaves out has no rows.
  const period =
    unit === null
      ? '1'
      : `width_bucket(revenue.deployed_at, ${parameters.add(periods.map(({ startsAt }) => startsAt))}::timestamptz[])`;
  const subjectId = subject === null ? 'NULL::text' : SUBJECT_COLUMNS[subject];
  const groups = await preparedQuery<StoredGroup>(
    client,
    `SELECT ${period} AS period, ${subjectId} AS "subjectId", ${SUM_COLUMNS}
       FROM deployment_revenue AS revenue ${where(conditions)}
      GROUP BY 1, 2 LIMIT ${SUMMARY_ROWS_MAX + 1}`,
    parameters.values,
  );
  if (groups.length > SUMMARY_ROWS_MAX) throw tooManyRows();
  return groups.map(({ period: place, subjectId: id, ...sums }) => ({
    period: Number(place) - 1,
    subjectId: id,
    sums,
  }));
}
