import {
  formatInstant,
  isPlatformId,
  parseInstant,
  type LotPool,
  type LedgerPosition,
} from '../../domain/index.js';
import { decodeCursor, encodeCursor } from '../../platform/paging/index.js';
import { HISTORY_ITEM_TYPES, lapsedPool, type HistoryItem } from './history-item.js';

/** The position of the last line of a page; the next page begins after it. */
export interface HistoryPosition {
  readonly position: LedgerPosition;
  /** For an expiry: the pool of its lot. */
  readonly pool: LotPool | '';
}

/** @param list everything that determines the lines of the history */
export function historyCursor(item: HistoryItem, list: unknown): string {
  const { occurredAt, type, id } = item.position;
  return encodeCursor(list, [formatInstant(occurredAt), type, id, lapsedPool(item)]);
}

/** @throws Problem 400 if the cursor is invalid, or belongs to another history or filter */
export function historyPosition(cursor: string, list: unknown): HistoryPosition {
  const [at, type, id, pool] = decodeCursor(cursor, list, isPosition) as [
    string,
    LedgerPosition['type'],
    string,
    LotPool | '',
  ];
  return { position: { occurredAt: parseInstant(at) as bigint, type, id }, pool };
}

const TYPES: ReadonlySet<string> = new Set(HISTORY_ITEM_TYPES);
const POOLS: ReadonlySet<string> = new Set<LotPool | ''>(['', 'free', 'purchased']);

function isPosition([at = '', type = '', id = '', pool, ...rest]: readonly string[]): boolean {
  const isPool = pool !== undefined && POOLS.has(pool);
  return isPool && parseInstant(at) !== null && TYPES.has(type) && isPlatformId(id) && rest.length === 0;
}
