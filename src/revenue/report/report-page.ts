import { cursorOf, type PagedReport, type PagePosition } from './page-cursor.js';
import { isBackwards } from './page-query.js';
import type { StoredReport } from './report-query.js';

/** Where one page of a report stands among the others. */
export interface ReportPage {
  /** Rows, at most. */
  readonly limit: number;
  /** The page after this one; null: there is none. */
  readonly nextCursor: string | null;
  /** The page before this one; null: this is the first. */
  readonly prevCursor: string | null;
}

/** What page of a report is asked for. */
export interface PageRequest {
  /** Rows, 1 to 500. */
  readonly limit: number;
  /** Absent: the first page. */
  readonly cursor?: string;
}

/** A page by its place in the order, never by counting rows from the start, so that every page costs the same. */
export function reportPage(
  report: PagedReport,
  position: PagePosition | null,
  { goesOn, nearest, farthest }: StoredReport,
  limit: number,
): ReportPage {
  const backwards = isBackwards(position);
  const [first, last] = backwards ? [farthest, nearest] : [nearest, farthest];
  // Where a page was reached from, there is a row: the one that its cursor names.
  const hasNext = backwards || goesOn;
  const hasPrevious = position !== null && (!backwards || goesOn);
  const cursorAt = (keys: readonly string[] | null, towards: PagePosition['towards']): string | null =>
    keys === null ? null : cursorOf({ towards, keys }, report);
  return {
    limit,
    nextCursor: hasNext ? cursorAt(last, 'next') : null,
    prevCursor: hasPrevious ? cursorAt(first, 'previous') : null,
  };
}
