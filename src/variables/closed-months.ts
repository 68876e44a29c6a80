import type { EntityManager } from 'typeorm';
import type { ClosedUntil } from '../domain/index.js';

/** The closed months, which no change of the share touches. */
export interface ClosedMonths {
  /** The end of the last closed month; null: no month is closed. */
  readonly until: ClosedUntil;
  /** IANA name of the zone of the closings; null: no month is closed. */
  readonly timeZone: string | null;
}

/**
 * Reads what is closed.
 *
 * @param _manager of the transaction that changes the share
 */
export function closedMonths(_manager: EntityManager): Promise<ClosedMonths> {
  return Promise.resolve({ until: null, timeZone: null }); // No month can be closed yet.
}
