import {
  parseInstant,
  statedSteps,
  stepsWithin,
  type ShareStep,
  type ShareTimeline,
} from '../../domain/index.js';
import { instantFromPostgres } from '../../platform/database/index.js';
import { decodeCursor, encodeCursor } from '../../platform/paging/index.js';
import { rangeOf, type RevenueFilter } from '../filter/revenue-filter.js';
import type { Viewer } from '../viewer.js';
import { sortKeyTypes, type SortKey, type SortOrder } from './sort-order.js';

/** A boundary between two rows, and the direction of the page from there. */
export interface PagePosition {
  readonly towards: 'next' | 'previous';
  /** The sort keys of the row next to the boundary, as PostgreSQL's text. */
  readonly keys: readonly string[];
}

/** A report without its page and its share. */
export interface WantedReport {
  readonly filter: RevenueFilter;
  readonly order: SortOrder;
  readonly viewer: Viewer;
}

/**
 * The report that a cursor belongs to. A cursor is valid only with the filter, order and viewer that it was created
 * for, and by revenue only with the same steps of the share, if there are several.
 */
export interface PagedReport extends WantedReport {
  readonly shares: ShareTimeline;
  /** The steps inside the filter's range. */
  readonly steps: readonly ShareStep[];
}

export function pagedReport(wanted: WantedReport, shares: ShareTimeline): PagedReport {
  return { ...wanted, shares, steps: stepsWithin(shares, rangeOf(wanted.filter)) };
}

/** An opaque cursor that continues from a position. */
export function cursorOf({ towards, keys }: PagePosition, report: PagedReport): string {
  return encodeCursor(listOf(report), [towards, ...keys]);
}

/** @throws Problem 400 if the text is not a cursor, or belongs to another filter, order, viewer or share */
export function positionOf(cursor: string, report: PagedReport): PagePosition {
  const types = sortKeyTypes(report.order.sort);
  const [towards, ...keys] = decodeCursor(
    cursor,
    listOf(report),
    ([way, ...texts]) =>
      (way === 'next' || way === 'previous') &&
      texts.length === types.length &&
      texts.every((text, index) => IS_KEY[types[index] as SortKey['type']](text)),
  );
  return { towards: towards === 'previous' ? 'previous' : 'next', keys };
}

/** The text that PostgreSQL prints for each type. The service rejects a forged key here, before a query fails on it. */
const IS_KEY: Readonly<Record<SortKey['type'], (text: string) => boolean>> = {
  text: (text) => /^[^\0]+$/.test(text),
  numeric: (text) => /^\d{1,24}(?:\.\d{1,12})?$/.test(text),
  timestamptz: (text) =>
    /^[\d-]{10} [\d:.]{8,15}\+00$/.test(text) && parseInstant(instantFromPostgres(text)) !== null,
};

function listOf({ filter, order, viewer, steps }: PagedReport): unknown {
  const partnerId = viewer.kind === 'partner' ? viewer.partnerId : null;
  const range = { from: filter.from?.at ?? null, to: filter.to?.at ?? null };
  return {
    name: 'revenue',
    filter: { ...filter, ...range },
    sort: order.sort,
    order: order.order,
    partnerId,
    // With one share the order is by gross revenue, which no change of the share affects.
    ...(order.sort === 'revenue' && steps.length > 1 ? { steps: statedSteps(steps) } : {}),
  };
}
