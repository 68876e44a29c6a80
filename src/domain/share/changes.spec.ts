import { scheduleShare, setShare, takeBackSteps } from './changes.js';
import { shareTimeline, type ShareTimeline } from './timeline.js';

const ALWAYS_30 = shareTimeline([{ from: null, share: 30n }]);
const TWO = shareTimeline([
  { from: null, share: 30n },
  { from: 100n, share: 25n },
]);

/** Steps as `start:share`, for short comparisons. */
const shown = (timeline: ShareTimeline | string): string =>
  typeof timeline === 'string'
    ? timeline
    : timeline.map(({ from, share }) => `${from ?? '*'}:${share}`).join(' ');

describe('a change of the share', () => {
  it('without a date replaces everything that is open', () => {
    expect(shown(setShare(TWO, 20n, null))).toBe('*:20');
    expect(shown(setShare(TWO, 20n, 50n))).toBe('*:30 50:20');
    expect(shown(setShare(TWO, 30n, 50n))).toBe('*:30');
    expect(shown(setShare(TWO, 20n, 200n))).toBe('*:30 100:25 200:20');
  });

  it('from an instant on leaves what begins later', () => {
    expect(shown(scheduleShare(TWO, { from: 50n, share: 20n }, null))).toBe('*:30 50:20 100:25');
    expect(shown(scheduleShare(TWO, { from: 150n, share: 20n }, null))).toBe('*:30 100:25 150:20');
  });

  it('replaces a step at the same instant', () => {
    expect(shown(scheduleShare(TWO, { from: 100n, share: 20n }, null))).toBe('*:30 100:20');
  });

  it.each([
    [50n, 30n, '*:30 100:25'],
    [100n, 30n, '*:30'],
    [50n, 25n, '*:30 50:25'],
    [150n, 25n, '*:30 100:25'],
  ])('merges a step from %d with an equal neighbour of %d', (from, share, expected) => {
    expect(shown(scheduleShare(TWO, { from, share }, null))).toBe(expected);
  });

  it('changes nothing in closed months', () => {
    expect(scheduleShare(TWO, { from: 99n, share: 20n }, 100n)).toBe('closed');
    expect(shown(scheduleShare(TWO, { from: 100n, share: 20n }, 100n))).toBe('*:30 100:20');
  });

  it('is taken back by the day in which it begins', () => {
    expect(shown(takeBackSteps(TWO, { from: 100n, to: 124n }, null))).toBe('*:30');
    expect(shown(takeBackSteps(TWO, { from: 77n, to: 101n }, null))).toBe('*:30');
    const three = scheduleShare(TWO, { from: 200n, share: 20n }, null) as ShareTimeline;
    expect(shown(takeBackSteps(three, { from: 100n, to: 124n }, null))).toBe('*:30 200:20');
    const backTo30 = scheduleShare(TWO, { from: 200n, share: 30n }, null) as ShareTimeline;
    expect(shown(takeBackSteps(backTo30, { from: 100n, to: 124n }, null))).toBe('*:30');
  });

  it.each([
    { from: 76n, to: 100n },
    { from: 101n, to: 125n },
  ])('is not taken back by another day', (day) => {
    expect(takeBackSteps(TWO, day, null)).toBe('absent');
    expect(takeBackSteps(ALWAYS_30, day, null)).toBe('absent');
  });

  it('is not taken back in closed months', () => {
    expect(takeBackSteps(TWO, { from: 100n, to: 124n }, 110n)).toBe('closed');
    expect(takeBackSteps(TWO, { from: 76n, to: 100n }, 110n)).toBe('closed');
    expect(shown(takeBackSteps(TWO, { from: 90n, to: 114n }, 100n))).toBe('*:30');
    expect(takeBackSteps(TWO, { from: 110n, to: 134n }, 110n)).toBe('absent');
  });
});
