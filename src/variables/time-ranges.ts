import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { formatInstant, parseInstant, type Instant } from '../domain/index.js';
import { epochMicrosOf } from '../platform/database/index.js';
import { Problem } from '../platform/problem/index.js';
import { assertDateRange, isDay, VALIDATION_PROBLEMS } from '../platform/validation/index.js';
import { TimeZones } from './time-zones.js';

/** A range of time as somebody asks for it (docs/contract.md, "Revenue"); everything may be absent. */
export interface TimeRangeRequest {
  /** A local day (`2026-05-01`) or an instant; the range includes it. */
  readonly startDate?: string;
  /** A local day, included, or an instant, excluded. */
  readonly endDate?: string;
  /** IANA name; absent: the variable `timeZone`. */
  readonly timeZone?: string;
}

/** One end of a range of time. */
interface Boundary {
  readonly instant: Instant;
  /** As docs/contract.md writes instants. */
  readonly at: string;
  /** As PostgreSQL reads it, which has years before 1 that ISO 8601 readers do not know. */
  readonly sql: string;
}

/** A range that was checked, as instants: `[from, to)`. */
export interface TimeRange {
  /** As given; null: open. */
  readonly startDate: string | null;
  readonly endDate: string | null;
  /** Null: open. */
  readonly from: Boundary | null;
  readonly to: Boundary | null;
  /** What was asked for, or what stood in for it where days needed a zone; null: neither. */
  readonly timeZone: string | null;
}

/** Tells the zone of who asks for none: the variable's value. */
export type ZoneDefault = () => string | Promise<string>;

/** Turns days of a time zone into instants; PostgreSQL alone computes them. */
@Injectable()
export class TimeRanges {
  constructor(private readonly timeZones: TimeZones) {}

  /**
   * Checks all that needs no snapshot: call it before one is opened, as it may need a connection of its own.
   *
   * @param request well-formed, field by field
   * @throws Problem 400
   */
  async check({ startDate, endDate, timeZone }: TimeRangeRequest): Promise<void> {
    assertDateRange(startDate, endDate);
    if (timeZone !== undefined && !(await this.timeZones.has(timeZone))) {
      const message = 'must be the name of an IANA time zone, letter for letter, like "Europe/Berlin"';
      throw new Problem(VALIDATION_PROBLEMS.INVALID, `query.timeZone ${message}.`, {
        errors: [{ field: 'query.timeZone', message }],
      });
    }
  }

  /**
   * One statement where the range is given in days, and none where it is given in instants.
   *
   * @param request one that `check` has passed
   * @param zoneDefault what stands in for an absent zone; only asked where a zone is needed
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

/** Where the first day starts, and where the day after the last one does. */
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
