import { parseInstant, type Instant } from '../../domain/index.js';

/** The levels of time of the rollups, from fine to coarse; all in UTC. */
export type RollupLevel = 'quarter' | 'hour' | 'day' | 'month';

/** A half-open range of instants, `[from, to)`; null: open. */
export interface Interval {
  readonly from: Instant | null;
  readonly to: Instant | null;
}

/** A part of an interval that is summed in one way. */
export interface Segment extends Interval {
  /** Level of the rollups to sum; null: sum rows, because the interval ends within the finest level here. */
  readonly level: RollupLevel | null;
}

const MICROS_PER_MS = 1_000n;
const QUARTER = 900_000_000n;
/** In microseconds; months differ. */
export const LENGTHS = { quarter: QUARTER, hour: 4n * QUARTER, day: 96n * QUARTER } as const;

/** No deployment is outside of this range, so a boundary beyond it is treated as open. */
const EARLIEST = parseInstant('0001-01-01T00:00:00Z') as Instant;
const LATEST = parseInstant('9999-12-31T23:59:59.999999Z') as Instant;

/**
 * Splits an interval into segments without gap or overlap, in the order of time: the coarsest levels in the middle,
 * finer ones towards the ends, and rows only if an end is within the finest level.
 *
 * @param levels the available levels, from fine to coarse
 */
export function segmentsOf({ from, to }: Interval, levels: readonly RollupLevel[]): Segment[] {
  const start = from !== null && from <= EARLIEST ? null : from;
  const end = to !== null && to > LATEST ? null : to;
  return [...split({ from: start, to: end, level: null }, levels)];
}

function* split(whole: Segment, [next, ...coarser]: readonly RollupLevel[]): Generator<Segment> {
  if (isEmpty(whole)) return;
  const from = next === undefined || whole.from === null ? null : startAtOrAfter(whole.from, next);
  const to = next === undefined || whole.to === null ? null : startAtOrBefore(whole.to, next);
  if (next === undefined || isEmpty({ from, to })) {
    yield whole;
    return;
  }
  if (whole.from !== from) yield { from: whole.from, to: from, level: whole.level };
  yield* split({ from, to, level: next }, coarser);
  if (whole.to !== to) yield { from: to, to: whole.to, level: whole.level };
}

function isEmpty({ from, to }: Interval): boolean {
  return from !== null && to !== null && from >= to;
}

/** The start of the level's interval that contains the instant. */
function startAtOrBefore(instant: Instant, level: RollupLevel): Instant {
  if (level !== 'month') return instant - positiveRemainder(instant, LENGTHS[level]);
  const moment = new Date(Number((instant - positiveRemainder(instant, MICROS_PER_MS)) / MICROS_PER_MS));
  return monthStart(moment.getUTCFullYear(), moment.getUTCMonth());
}

function startAtOrAfter(instant: Instant, level: RollupLevel): Instant {
  const start = startAtOrBefore(instant, level);
  if (start === instant) return start;
  if (level !== 'month') return start + LENGTHS[level];
  const moment = new Date(Number(start / MICROS_PER_MS));
  return monthStart(moment.getUTCFullYear(), moment.getUTCMonth() + 1);
}

/** @param month from 0; 12 is January of the year after */
function monthStart(year: number, month: number): Instant {
  // Date.UTC reads the years 0 to 99 as years of the 20th century.
  return BigInt(new Date(0).setUTCFullYear(year, month, 1)) * MICROS_PER_MS;
}

function positiveRemainder(value: bigint, divisor: bigint): bigint {
  return ((value % divisor) + divisor) % divisor;
}
