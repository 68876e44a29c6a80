import type { Owner, RevenueFilter } from './revenue-filter.js';

/** A filter as an answer repeats it. */
export interface AnsweredFilter {
  readonly startDate: string | null;
  readonly endDate: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly timeZone: string;
  readonly moduleIds: readonly string[];
  readonly partnerIds: readonly string[];
  readonly owner: Owner | null;
  readonly includeFree: boolean;
}

/** What an answer tells of the filter that it went by. */
export function answeredFilter(filter: RevenueFilter): AnsweredFilter {
  return { ...filter, from: filter.from?.at ?? null, to: filter.to?.at ?? null };
}
