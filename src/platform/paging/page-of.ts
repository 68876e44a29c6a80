import { encodeCursor } from './cursor.js';
import type { PageResponseDto } from './page.response.dto.js';

/** One page of a list. */
export interface Page<Row> {
  readonly data: Row[];
  readonly page: PageResponseDto;
}

/**
 * Builds a page from the rows that start at its position.
 *
 * @param rows up to `limit + 1` rows; the additional row means that there is a next page
 * @param list as for `encodeCursor`
 * @param positionOf returns the keys of a row
 */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  list: unknown,
  positionOf: (row: Row) => readonly string[],
): Page<Row> {
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  const nextCursor = rows.length > limit && last !== undefined ? encodeCursor(list, positionOf(last)) : null;
  return { data, page: { limit, nextCursor } };
}
