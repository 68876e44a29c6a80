import fc from 'fast-check';
import { formatInstant, parseInstant, type Instant } from '../../domain/index.js';
import { segmentsOf, type Interval, type RollupLevel, type Segment } from './segments.js';

const at = (text: string): Instant => parseInstant(text) as Instant;
const LEVELS: readonly (readonly RollupLevel[])[] = [
  ['quarter', 'day', 'month'],
  ['hour', 'day', 'month'],
  ['day', 'month'],
];

/** Years 1 to 9999; half of the instants are at or next to the start of a quarter-hour, an hour, a day or a month. */
const instants = fc.oneof(
  fc.bigInt(at('0001-01-01T00:00:00Z'), at('9999-12-31T23:59:59.999999Z')),
  fc
    .record({
      year: fc.integer({ min: 1, max: 9_999 }),
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.constantFrom('01', '02', '28'),
      time: fc.constantFrom('00:00:00', '00:15:00', '01:00:00', '22:00:00', '23:59:59.999999'),
      beside: fc.bigInt(-1n, 1n),
    })
    .map(({ year, month, day, time, beside }) => {
      const [yyyy, mm] = [String(year).padStart(4, '0'), String(month).padStart(2, '0')];
      return at(`${yyyy}-${mm}-${day}T${time}Z`) + beside;
    }),
);
const ends = fc.oneof({ weight: 1, arbitrary: fc.constant(null) }, { weight: 5, arbitrary: instants });
const intervals: fc.Arbitrary<Interval> = fc
  .tuple(ends, ends)
  .map(([a, b]) => (a !== null && b !== null && a > b ? { from: b, to: a } : { from: a, to: b }));

/** Whether PostgreSQL's date_trunc in UTC would leave the instant unchanged, derived from its text. */
function isStartOf(level: RollupLevel, instant: Instant): boolean {
  const text = formatInstant(instant);
  const patterns: Readonly<Record<RollupLevel, RegExp>> = {
    quarter: /:(?:00|15|30|45):00Z$/,
    hour: /:00:00Z$/,
    day: /T00:00:00Z$/,
    month: /-01T00:00:00Z$/,
  };
  return patterns[level].test(text);
}

function shown(segments: readonly Segment[]): string[] {
  const end = (instant: Instant | null): string => (instant === null ? '*' : formatInstant(instant));
  return segments.map(({ level, from, to }) => `${level ?? 'rows'} ${end(from)} ${end(to)}`);
}

describe('segmentsOf', () => {
  it('partitions any interval, with the ends of each level where that level starts', () => {
    fc.assert(
      fc.property(intervals, fc.constantFrom(...LEVELS), (interval, levels) => {
        const segments = segmentsOf(interval, levels);
        if (interval.from !== null && interval.from === interval.to) return segments.length === 0;
        const isClamped = interval.from !== null && interval.from <= at('0001-01-01T00:00:00Z');
        expect(segments[0]?.from).toBe(isClamped ? null : interval.from);
        segments.slice(1).forEach((segment, index) => expect(segment.from).toBe(segments[index]?.to));
        for (const { level, from, to } of segments) {
          if (from !== null && to !== null) expect(from < to).toBe(true);
          if (level === null) continue;
          if (from !== null) expect(isStartOf(level, from)).toBe(true);
          if (to !== null) expect(isStartOf(level, to)).toBe(true);
        }
        return true;
      }),
      { numRuns: 500 },
    );
  });

  it('reads rows only for less than two intervals of the finest level', () => {
    fc.assert(
      fc.property(intervals, fc.constantFrom(...LEVELS), (interval, levels) => {
        const finest = levels[0] as RollupLevel;
        const cuts = segmentsOf(interval, levels).filter(({ level }) => level === null);
        expect(cuts.length).toBeLessThanOrEqual(2);
        for (const { from, to } of cuts) {
          const length = (to as Instant) - (from as Instant);
          expect(
            length < 2n * { quarter: 900n, hour: 3_600n, day: 86_400n, month: 0n }[finest] * 1_000_000n,
          ).toBe(true);
        }
      }),
    );
  });

  it('uses months in the middle, days and hours towards the ends, and rows at the ends', () => {
    const interval = { from: at('2026-01-30T22:30:00Z'), to: at('2026-04-02T01:00:00.000001Z') };
    expect(shown(segmentsOf(interval, ['hour', 'day', 'month']))).toEqual([
      'rows 2026-01-30T22:30:00Z 2026-01-30T23:00:00Z',
      'hour 2026-01-30T23:00:00Z 2026-01-31T00:00:00Z',
      'day 2026-01-31T00:00:00Z 2026-02-01T00:00:00Z',
      'month 2026-02-01T00:00:00Z 2026-04-01T00:00:00Z',
      'day 2026-04-01T00:00:00Z 2026-04-02T00:00:00Z',
      'hour 2026-04-02T00:00:00Z 2026-04-02T01:00:00Z',
      'rows 2026-04-02T01:00:00Z 2026-04-02T01:00:00.000001Z',
    ]);
  });

  it('uses only months if both ends are open, and only rows within a quarter-hour', () => {
    expect(shown(segmentsOf({ from: null, to: null }, ['day', 'month']))).toEqual(['month * *']);
    const moment = { from: at('2026-05-01T12:00:00.000001Z'), to: at('2026-05-01T12:14:59Z') };
    expect(shown(segmentsOf(moment, ['quarter', 'day', 'month']))).toEqual([
      'rows 2026-05-01T12:00:00.000001Z 2026-05-01T12:14:59Z',
    ]);
  });

  it('treats an end outside of all deployments as open', () => {
    const early = at('0001-01-01T00:00:00Z') - 50_000_000_000n;
    const late = at('9999-12-31T23:59:59.999999Z') + 50_000_000_000n;
    expect(shown(segmentsOf({ from: early, to: late }, ['day', 'month']))).toEqual(['month * *']);
  });
});
