import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { formatInstant, parseInstant, type Instant } from '../domain/index.js';
import { epochMicrosOf } from '../platform/database/index.js';
import { Problem } from '../platform/problem/index.js';
import { assertDateRange, isDay, VALIDATION_PROBLEMS } from '../platform/validation/index.js';
import { TimeZones } from './time-zones.js';

/** A requested time range (docs/contract.md, "Revenue"). All fields are optional. */
export interface TimeRangeRequest {
  /** A local day (`2026-05-01`) or an instant; the range includes it. */
  readonly startDate?: string;
  /** A local day, included, or an instant, excluded. */
  readonly endDate?: string;
  /** IANA name; the variable `timeZone` if absent. */
  readonly timeZone?: string;
}

/** One end of a time range. */
interface Boundary {
  readonly instant: Instant;
  /** In the form of docs/contract.md. */
  readonly at: string;
  /** In PostgreSQL's form, which also allows years before 1. */
  readonly sql: string;
}

/** A validated range of instants: `[from, to)`. */
export interface TimeRange {
  /** As given; null if there is no limit. */
  readonly startDate: string | null;
  readonly endDate: string | null;
  /** Null if there is no limit. */
  readonly from: Boundary | null;
  readonly to: Boundary | null;
  /** The requested zone, or the default if days need one; otherwise null. */
  readonly timeZone: string | null;
}

/** Returns the zone for requests without one: the variable's value. */
export type ZoneDefault = () => string | Promise<string>;

/** Converts days of a time zone to instants. Only PostgreSQL computes with time zones. */
@Injectable()
export class TimeRanges {
  constructor(private readonly timeZones: TimeZones) {}

  /**
   * Checks a request. Must be called before a snapshot is opened, because it can need a connection of its own.
   *
   * @param request a request whose fields are valid by themselves
   * @throws Problem 400
   */
  async check({ startDate, endDate, timeZone }: TimeRangeRequest): Promise<void> {
    assertDateRange(startDate, endDate);
    if (timeZone !== undefined && !(await this.timeZones.has(timeZone))) {
      const message = 'must be the name of an IANA time zone in its exact spelling, like "Europe/Berlin"';
      throw new Problem(VALIDATION_PROBLEMS.INVALID, `query.timeZone ${message}.`, {
        errors: [{ field: 'query.timeZone', message }],
      });
    }
  }

  /**
   * Converts the range to instants. Needs one statement for days, and none for instants.
   *
   * @param request a request that `check` has accepted
   * @param zoneDefault returns the zone if the request has none; called only if a zone is needed
   */
  async resolve(
    request: TimeRangeRequest,
    zoneDefault: ZoneDefault,
    manager: EntityManager,
  ): Promise<TimeRange> {
    const { startDate = null, endDate = null } = request;
    const firstDay = startDate !== null && isDay(startDate) ? startDate : null;
    const lastDay = endDate !== null && isDay(endDate) ? endDate : null;
    const needsZone = firstDay !== null || lastDay !== null;
    const zone = request.timeZone ?? (needsZone ? await zoneDefault() : null);
    const starts = await dayStarts(firstDay, lastDay, zone, manager);
    return {
      startDate,
      endDate,
      from: starts.from ?? instantBoundary(startDate),
      to: starts.to ?? instantBoundary(endDate),
      timeZone: zone,
    };
  }
}

interface DayStarts {
  readonly from: Boundary | null;
  readonly to: Boundary | null;
}

/** Returns the start of the first day, and of the day after the last one. */
async function dayStarts(
  firstDay: string | null,
  lastDay: string | null,
  zone: string | null,
  manager: EntityManager,
): Promise<DayStarts> {
  if (firstDay === null && lastDay === null) return { from: null, to: null };
  const [row] = await manager.query<Record<'from' | 'fromMicros' | 'to' | 'toMicros', string | null>[]>(
    `SELECT "from", ${epochMicrosOf('"from"')} AS "fromMicros",
            "to", ${epochMicrosOf('"to"')} AS "toMicros"
       FROM (SELECT local_day_start($1::date, $3) AS "from", local_day_start($2::date + 1, $3) AS "to") AS days`,
    [firstDay, lastDay, zone],
  );
  const { from = null, fromMicros = null, to = null, toMicros = null } = row ?? {};
  return { from: dayBoundary(from, fromMicros), to: dayBoundary(to, toMicros) };
}

function dayBoundary(sql: string | null, micros: string | null): Boundary | null {
  if (sql === null || micros === null) return null;
  const instant = BigInt(micros);
  return { instant, at: formatInstant(instant), sql };
}

function instantBoundary(text: string | null): Boundary | null {
  const instant = text === null ? null : parseInstant(text);
  if (instant === null) return null;
  const at = formatInstant(instant);
  return { instant, at, sql: at };
}
