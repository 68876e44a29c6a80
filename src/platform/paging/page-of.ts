import { encodeCursor } from './cursor.js';
import type { PageResponseDto } from './page.response.dto.js';

/** One part of a list, in its order. */
export interface Page<Row> {
  readonly data: Row[];
  readonly page: PageResponseDto;
}

/**
 * Cuts a part of a list out of the rows from its start on.
 *
 * @param rows one more than `limit`, where there are so many: that one says that the list goes on
 * @param list as for `encodeCursor`
 * @param positionOf the keys of a row
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
