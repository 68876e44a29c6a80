import { formatInstant, isPlatformId, parseInstant, type LotPool, type Place } from '../../domain/index.js';
import { decodeCursor, encodeCursor } from '../../platform/paging/index.js';
import { HISTORY_LINE_TYPES } from '../http/dto/history-line.response.dto.js';
import { lapsedPool, type Happening } from './history-item.js';

/** Where a page of a history goes on: after the line that has this place. */
export interface HistoryPosition {
  readonly place: Place;
  /** Of an expiry: the pool of its lot. */
  readonly pool: LotPool | '';
}

/** @param list everything that decides which lines there are */
export function historyCursor(happening: Happening, list: unknown): string {
  const { occurredAt, type, id } = happening.place;
  return encodeCursor(list, [formatInstant(occurredAt), type, id, lapsedPool(happening)]);
}

/** @throws Problem 400 where the cursor is none, or belongs to another history or filter */
export function historyPosition(cursor: string, list: unknown): HistoryPosition {
  const [at, type, id, pool] = decodeCursor(cursor, list, isPosition) as [
    string,
    Place['type'],
    string,
    LotPool | '',
  ];
  return { place: { occurredAt: parseInstant(at) as bigint, type, id }, pool };
}

const TYPES: ReadonlySet<string> = new Set(HISTORY_LINE_TYPES);
const POOLS: ReadonlySet<string> = new Set<LotPool | ''>(['', 'free', 'purchased']);

function isPosition([at = '', type = '', id = '', pool, ...rest]: readonly string[]): boolean {
  const isPool = pool !== undefined && POOLS.has(pool);
  return isPool && parseInstant(at) !== null && TYPES.has(type) && isPlatformId(id) && rest.length === 0;
}
