import { parseInstant, type Instant } from '../instant.js';
import {
  areSameSteps,
  shareAt,
  shareTimeline,
  statedSteps,
  stepsWithin,
  storedSteps,
  timelineFromStored,
  type ShareTimeline,
  type TimeSpan,
} from './timeline.js';

const at = (text: string): Instant => parseInstant(text) as Instant;
const [MARCH, JUNE] = [at('2026-03-01T00:00:00Z'), at('2026-06-01T05:00:00Z')];
const THREE: ShareTimeline = shareTimeline([
  { from: null, share: 300_000n },
  { from: MARCH, share: 250_000n },
  { from: JUNE, share: 125_000n },
]);

describe('a timeline of shares', () => {
  it('has steps without gap or overlap', () => {
    expect(statedSteps(THREE)).toEqual([
      { from: null, to: '2026-03-01T00:00:00Z', value: '30' },
      { from: '2026-03-01T00:00:00Z', to: '2026-06-01T05:00:00Z', value: '25' },
      { from: '2026-06-01T05:00:00Z', to: null, value: '12.5' },
    ]);
  });

  it('merges neighbours with the same share', () => {
    const starts = [
      { from: null, share: 1n },
      { from: 5n, share: 1n },
      { from: 7n, share: 2n },
      { from: 9n, share: 2n },
    ];
    expect(shareTimeline(starts)).toEqual([
      { from: null, to: 7n, share: 1n },
      { from: 7n, to: null, share: 2n },
    ]);
  });

  it.each([
    [[]],
    [[{ from: 0n, share: 1n }]],
    [
      [
        { from: null, share: 1n },
        { from: null, share: 2n },
      ],
    ],
    [
      [
        { from: null, share: 1n },
        { from: 5n, share: 2n },
        { from: 5n, share: 3n },
      ],
    ],
  ])('refuses other starts', (starts) => {
    expect(() => shareTimeline(starts)).toThrow(RangeError);
  });

  it('has the share of a step from its first instant to the last before the next', () => {
    const shares = [0n, MARCH - 1n, MARCH, JUNE - 1n, JUNE].map((instant) => shareAt(THREE, instant));
    expect(shares).toEqual([300_000n, 300_000n, 250_000n, 250_000n, 125_000n]);
  });

  it.each<[TimeSpan, string[]]>([
    [{ from: null, to: null }, ['30', '25', '12.5']],
    [{ from: null, to: MARCH }, ['30']],
    [{ from: MARCH, to: JUNE }, ['25']],
    [{ from: MARCH - 1n, to: JUNE + 1n }, ['30', '25', '12.5']],
    [{ from: JUNE, to: null }, ['12.5']],
    [{ from: MARCH, to: MARCH }, []],
  ])('has steps inside a range: %#', (range, values) => {
    const steps = statedSteps(stepsWithin(THREE, range));
    expect(steps.map(({ value }) => value)).toEqual(values);
    const ends = statedSteps([{ ...range, share: 0n }])[0];
    if (steps.length > 0) expect([steps[0]?.from, steps.at(-1)?.to]).toEqual([ends?.from, ends?.to]);
  });

  it('is read back as it is stored', () => {
    expect(storedSteps(THREE)[1]).toEqual({ from: '2026-03-01T00:00:00Z', value: '25' });
    expect(timelineFromStored(storedSteps(THREE))).toEqual(THREE);
    expect(areSameSteps(timelineFromStored(storedSteps(THREE)), THREE)).toBe(true);
    expect(areSameSteps(THREE, THREE.slice(1))).toBe(false);
  });

  it.each([
    { from: null, value: '101' },
    { from: 'yesterday', value: '30' },
    { from: '2026-03-01T00:00:00Z', value: '30' },
  ])('cannot be read from %j', (step) => {
    expect(() => timelineFromStored([step])).toThrow(RangeError);
  });
});
