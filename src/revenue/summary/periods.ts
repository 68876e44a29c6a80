import type { PoolClient } from 'pg';
import { formatInstant } from '../../domain/index.js';
import { epochMicrosOf, preparedQuery } from '../../platform/database/index.js';
import { filterConditions, SqlParameters, where } from '../filter/filter-conditions.js';
import type { RevenueFilter } from '../filter/revenue-filter.js';
import { isDay } from '../../platform/validation/index.js';
import type { Interval } from '../rollup/segments.js';
import { tooManyPeriods } from './summary-limits.js';
import type { PeriodUnit } from './grouping.js';

/** The most periods of one summary (docs/contract.md, "Revenue"). */
const PERIODS_MAX = 5_000;

/** A day, ISO week or month of a time zone, limited to the filter's range. */
export interface Period {
  /** `2026-05-01`, `2026-W18` or `2026-05`. */
  readonly key: string;
  /** For people. */
  readonly label: string;
  /** The first instant of the period. */
  readonly from: string;
  /** The first instant after the period; equal to `from` if the zone skips this day. */
  readonly to: string;
  /** The same two as instants. */
  readonly range: Interval;
}

/** Patterns of to_char. Its month names are English in every locale of the database. */
const PATTERNS: Readonly<Record<PeriodUnit, { readonly key: string; readonly label: string }>> = {
  day: { key: 'YYYY-MM-DD', label: 'FMDD Mon YYYY' },
  week: { key: 'IYYY-"W"IW', label: '"Week" FMIW, IYYY' },
  month: { key: 'YYYY-MM', label: 'FMMonth YYYY' },
};

interface StoredPeriod {
  readonly key: string;
  readonly label: string;
  readonly fromMicros: string;
  readonly toMicros: string;
}

/**
 * All periods that overlap the filter's range, the earliest first. An open end is replaced by the filter's first or
 * last row. One query: only PostgreSQL decides which day an instant belongs to and when a day starts.
 *
 * @param zoneDefault the zone of a filter without one
 * @returns nothing if an end is open and there is no row, or if a range of instants is empty
 * @throws Problem 400 for more than PERIODS_MAX
 */
export async function readPeriods(
  client: PoolClient,
  filter: RevenueFilter,
  unit: PeriodUnit,
  zoneDefault: string,
): Promise<Period[]> {
  const { text, values } = periodsQuery(filter, unit, zoneDefault);
  const found = await preparedQuery<StoredPeriod>(client, text, values);
  if (found.length > PERIODS_MAX) throw tooManyPeriods(PERIODS_MAX);
  return found.map(({ key, label, fromMicros, toMicros }) => {
    const range = { from: BigInt(fromMicros), to: BigInt(toMicros) };
    return { key, label, from: formatInstant(range.from), to: formatInstant(range.to), range };
  });
}

/**
 * Steps from the first day's period to one after the last day's; the last step only ends the one before. Days that the
 * filter names count even if the zone skips them. An instant belongs to the day that started last.
 */
function periodsQuery(
  filter: RevenueFilter,
  unit: PeriodUnit,
  zoneDefault: string,
): { text: string; values: unknown[] } {
  const parameters = new SqlParameters();
  const { startDate, endDate, from, to } = filter;
  const zone = `${parameters.add(filter.timeZone ?? zoneDefault)}::text`;
  const fromSql = `${parameters.add(from?.sql ?? null)}::timestamptz`;
  const toSql = `${parameters.add(to?.sql ?? null)}::timestamptz`;
  const firstDay = `${parameters.add(dayIn(startDate))}::date`;
  const lastDay = `${parameters.add(dayIn(endDate))}::date`;
  const rowsEnd = (end: 'min' | 'max'): string =>
    `(SELECT ${end}(revenue.deployed_at) FROM deployment_revenue AS revenue
       ${where(filterConditions(filter, parameters))})`;
  const first = from === null ? rowsEnd('min') : fromSql;
  const last = to === null ? rowsEnd('max') : `${toSql} - interval '1 microsecond'`;
  const { key, label } = PATTERNS[unit];
  const text = `
    WITH ends AS MATERIALIZED (SELECT ${first} AS first, ${last} AS last),
    days AS (
      SELECT coalesce(${firstDay}, ${dayOf('first', zone)})::timestamp AS first_day,
             coalesce(${lastDay}, ${dayOf('last', zone)})::timestamp AS last_day
        FROM ends WHERE first <= last OR ${firstDay} = ${lastDay}),
    steps AS MATERIALIZED (
      SELECT generate_series(date_trunc('${unit}', first_day), last_day + interval '1 ${unit}', '1 ${unit}') AS step
        FROM days LIMIT ${PERIODS_MAX + 2}),
    starts AS (SELECT step, local_day_start(step::date, ${zone}) AS start FROM steps),
    periods AS (SELECT step, start, lead(start) OVER (ORDER BY step) AS next FROM starts)
    SELECT to_char(step, '${key}') AS key,
           to_char(step, '${label}') AS label,
           ${epochMicrosOf(`greatest(start, ${fromSql})`)} AS "fromMicros",
           ${epochMicrosOf(`least(next, ${toSql})`)} AS "toMicros"
      FROM periods WHERE next IS NOT NULL ORDER BY step`;
  return { text, values: parameters.values };
}

function dayIn(date: string | null): string | null {
  return date !== null && isDay(date) ? date : null;
}

/** SQL of the local day of an instant: the local date, or the next date if that day has already started once, because clocks can go back over midnight. */
export function dayOf(instant: string, zone: string): string {
  const date = `(${instant} AT TIME ZONE ${zone})::date`;
  return `(${date} + (local_day_start(${date} + 1, ${zone}) <= ${instant})::integer)`;
}
