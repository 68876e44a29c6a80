import type { EntityManager } from 'typeorm';
import { firstDayOf, monthAfter } from '../../domain/index.js';
import { instantFromPostgres } from '../../platform/database/index.js';
import { Problem } from '../../platform/problem/index.js';
import type { TimeZones } from '../../variables/index.js';
import { STATEMENTS_PROBLEMS } from '../statements.problems.js';
import { readLastClosing, type StoredClosing } from './closing.js';

/** A month that is to be closed. */
export interface ClosingRequest {
  /** `2026-01`. */
  readonly month: string;
  /** IANA name; only the first closing chooses it. */
  readonly timeZone?: string;
}

/** A month with its edges, and what is closed before it. Instants are PostgreSQL's texts. */
export interface ClosingMonth {
  readonly month: string;
  readonly timeZone: string;
  readonly startsAt: string;
  readonly endsAt: string;
  /** The start of the first closed month; of this one if no month is closed. */
  readonly firstStart: string;
  /** Null if no month is closed. */
  readonly previous: StoredClosing | null;
}

/** How the first closing gets its zone. */
export interface ZoneChoice {
  readonly zones: TimeZones;
  /** The variable `timeZone`. */
  readonly zoneDefault: string;
}

/**
 * The month with its edges: it starts where the month before ended, whatever the time zone's data say by now.
 *
 * @throws Problem STATEMENTS.ZONE_FIXED, OUT_OF_ORDER, UNKNOWN_ZONE
 */
export async function closingMonth(
  { month, timeZone }: ClosingRequest,
  { zones, zoneDefault }: ZoneChoice,
  manager: EntityManager,
): Promise<ClosingMonth> {
  const closed = await readLastClosing(manager);
  if (closed !== null) {
    assertZone(timeZone, closed.last);
    const next = monthAfter(closed.last.month);
    if (month !== next) throw outOfOrder(month, `The next month to close is ${next}.`);
  } else if (timeZone !== undefined) {
    await assertKnownZone(timeZone, zones);
  }
  const zone = closed?.last.timeZone ?? timeZone ?? zoneDefault;
  const [edges] = await manager.query<{ startsAt: string; endsAt: string }[]>(
    `SELECT local_day_start($1::date, $3) AS "startsAt", local_day_start($2::date, $3) AS "endsAt"`,
    [firstDayOf(month), firstDayOf(monthAfter(month)), zone],
  );
  if (edges === undefined) throw new Error(`PostgreSQL knows no edges of ${month}.`);
  const startsAt = closed?.last.endsAt ?? edges.startsAt;
  return {
    month,
    timeZone: zone,
    startsAt,
    endsAt: edges.endsAt,
    firstStart: closed?.firstStart ?? startsAt,
    previous: closed?.last ?? null,
  };
}

/** @throws Problem STATEMENTS.MONTH_NOT_OVER, by the database's clock */
export async function assertOver({ month, endsAt }: ClosingMonth, manager: EntityManager): Promise<void> {
  const [row] = await manager.query<{ isOver: boolean }[]>(
    'SELECT clock_timestamp() >= $1::timestamptz AS "isOver"',
    [endsAt],
  );
  if (row?.isOver === true) return;
  throw new Problem(
    STATEMENTS_PROBLEMS.MONTH_NOT_OVER,
    `${month} ends at ${instantFromPostgres(endsAt)}. Close it then or later.`,
  );
}

/** @throws Problem STATEMENTS.ZONE_FIXED if the request names another zone than that of the closings */
export function assertZone(
  timeZone: string | undefined,
  { timeZone: fixed }: Pick<StoredClosing, 'timeZone'>,
): void {
  if (timeZone === undefined || timeZone === fixed) return;
  throw new Problem(
    STATEMENTS_PROBLEMS.ZONE_FIXED,
    `The first closing fixed the time zone ${fixed}. Leave timeZone out, or send this one.`,
  );
}

async function assertKnownZone(timeZone: string, zones: TimeZones): Promise<void> {
  if (await zones.has(timeZone)) return;
  const message = 'must be the name of an IANA time zone in its exact spelling, like "Europe/Berlin"';
  throw new Problem(STATEMENTS_PROBLEMS.UNKNOWN_ZONE, `timeZone ${message}.`, {
    errors: [{ field: 'timeZone', message }],
  });
}

function outOfOrder(month: string, what: string): Problem {
  return new Problem(STATEMENTS_PROBLEMS.OUT_OF_ORDER, `${month} cannot be closed now. ${what}`);
}
