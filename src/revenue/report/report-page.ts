import { cursorOf, type PagedReport, type PagePosition } from './page-cursor.js';
import { isBackwards } from './page-query.js';
import type { StoredReport } from './report-query.js';

/** The position of one page of a report. */
export interface ReportPage {
  /** Most rows of the page. */
  readonly limit: number;
  /** Cursor of the next page; null: there is none. */
  readonly nextCursor: string | null;
  /** Cursor of the page before; null: this is the first. */
  readonly prevCursor: string | null;
}

/** The page of a report to read. */
export interface PageRequest {
  /** Most rows, 1 to 500. */
  readonly limit: number;
  /** Absent: the first page. */
  readonly cursor?: string;
}

/** Cursors of a page come from the sort keys of its rows, never from an offset, so that every page costs the same. */
export function reportPage(
  report: PagedReport,
  position: PagePosition | null,
  { goesOn, nearest, farthest }: StoredReport,
  limit: number,
): ReportPage {
  const backwards = isBackwards(position);
  const [first, last] = backwards ? [farthest, nearest] : [nearest, farthest];
  // The row that the cursor names is on the other side of the page, so there is always a page in that direction.
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
