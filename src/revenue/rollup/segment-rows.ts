import { formatInstant, type Instant } from '../../domain/index.js';
import type { SqlParameters } from '../filter/filter-conditions.js';
import { LENGTHS, type RollupLevel, type Segment } from './segments.js';

/** A segment, and the index of the period that it is a part of. */
export type NumberedSegment = Segment & { readonly period: number };

/** Each segment's period, bounds and level, as a relation. */
export function segmentRows(segments: readonly NumberedSegment[], parameters: SqlParameters): string {
  return parameters.rows(
    ['int', 'timestamptz', 'timestamptz', 'text'],
    segments.map(({ period, from, to, level }) => [period, lowerBound(from), upperBound(to), level]),
  );
}

/**
 * Segments of one level that are next to each other, or have one interval of the level between them, as a relation of
 * the ranges that contain them: the range, the level, the bounds of the segments as pairs, so that an odd bucket lies
 * within one, and their periods.
 */
export function scanRows(segments: readonly NumberedSegment[], parameters: SqlParameters): string {
  const rows = scansOf(segments).map((scan) => [
    lowerBound((scan[0] as NumberedSegment).from),
    upperBound((scan.at(-1) as NumberedSegment).to),
    (scan[0] as NumberedSegment).level,
    `{${scan.flatMap(({ from, to }) => [lowerBound(from), upperBound(to)]).join(',')}}`,
    `{${scan.map(({ period }) => period).join(',')}}`,
  ]);
  const relation = parameters.rows(['timestamptz', 'timestamptz', 'text', 'text', 'text'], rows);
  // OFFSET keeps PostgreSQL from reading the arrays again for each rollup.
  return `(SELECT starts_from, starts_before, level, bounds::timestamptz[], periods::int[]
             FROM ${relation} AS listed (starts_from, starts_before, level, bounds, periods) OFFSET 0)`;
}

function scansOf(segments: readonly NumberedSegment[]): NumberedSegment[][] {
  const scans: NumberedSegment[][] = [];
  const last = new Map<RollupLevel | null, NumberedSegment[]>();
  for (const segment of segments) {
    const scan = last.get(segment.level);
    if (scan !== undefined && isNear(scan.at(-1) as NumberedSegment, segment)) {
      scan.push(segment);
      continue;
    }
    const next = [segment];
    scans.push(next);
    last.set(segment.level, next);
  }
  return scans;
}

/** Months are always near: there are few. */
function isNear({ to, level }: Segment, { from }: Segment): boolean {
  if (level === null || to === null || from === null) return false;
  return level === 'month' || from - to <= LENGTHS[level];
}

export function lowerBound(instant: Instant | null): string {
  return instant === null ? '-infinity' : formatInstant(instant);
}

export function upperBound(instant: Instant | null): string {
  return instant === null ? 'infinity' : formatInstant(instant);
}
