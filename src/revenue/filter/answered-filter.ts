import type { Owner, RevenueFilter } from './revenue-filter.js';

/** The filter as the response repeats it. */
export interface AnsweredFilter {
  readonly startDate: string | null;
  readonly endDate: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly timeZone: string;
  readonly moduleIds: readonly string[];
  readonly exceptModuleIds: readonly string[];
  readonly partnerIds: readonly string[];
  readonly userIds: readonly string[];
  readonly owner: Owner | null;
  readonly includeFree: boolean;
}

/**
 * Returns the filter as the response repeats it.
 *
 * @param zoneDefault the variable's value, for a filter that needed no zone
 */
export function answeredFilter(filter: RevenueFilter, zoneDefault: string): AnsweredFilter {
  const { from, to, timeZone } = filter;
  return { ...filter, from: from?.at ?? null, to: to?.at ?? null, timeZone: timeZone ?? zoneDefault };
}
