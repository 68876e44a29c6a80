import type { PoolClient } from 'pg';
import type { RevenueFilter } from '../filter/revenue-filter.js';
import { sumsOf, type RevenueSums } from '../rollup/figures.js';
import { sumPeriods } from '../rollup/sums.js';
import type { Grouping } from './grouping.js';
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

/**
 * Sums up a filter's rows by period and subject, from sums that are kept where no boundary cuts; what has no rows is
 * left out.
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
  const found = await sumPeriods(client, {
    filter,
    ...(unit === null ? {} : { periods: periods.map(({ range }) => range) }),
    ...(subject === null ? {} : { by: subject }),
    most: SUMMARY_ROWS_MAX + 1,
  });
  if (found.length > SUMMARY_ROWS_MAX) throw tooManyRows();
  return found.map((one) => ({ period: one.period, subjectId: one.key, sums: sumsOf(one) }));
}
