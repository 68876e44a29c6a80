import type { Variable } from '../../api/settings.js';
import { firstDay, isDone, lastDay, stateOf, type ShareEdit } from './share-edit.js';

const ZONE = 'Europe/Berlin';
const STEPS = [
  { from: null, to: '2026-02-28T23:00:00Z', value: '30' },
  { from: '2026-02-28T23:00:00Z', to: '2027-06-30T22:00:00Z', value: '25' },
  { from: '2027-06-30T22:00:00Z', to: null, value: '27.5' },
] as const;
const SHARE: Variable = {
  key: 'partnerRevenueShare',
  value: '25',
  default: '30',
  updatedAt: null,
  updatedBy: null,
  timeline: [...STEPS],
};

describe('the steps of the share', () => {
  it('begin and end with days of the zone', () => {
    expect(STEPS.map((step) => [firstDay(step, ZONE), lastDay(step, ZONE)])).toEqual([
      [null, '2026-02-28'],
      ['2026-03-01', '2027-06-30'],
      ['2027-07-01', null],
    ]);
  });

  it('are past, in force or scheduled, and change at their first instant', () => {
    const at = (instant: string): string[] => STEPS.map((step) => stateOf(step, new Date(instant)));
    expect(at('2026-02-28T22:59:59Z')).toEqual(['now', 'scheduled', 'scheduled']);
    expect(at('2026-02-28T23:00:00Z')).toEqual(['past', 'now', 'scheduled']);
  });

  it.each<[string, ShareEdit, boolean]>([
    ['a value for all steps', { kind: 'set', value: '25', from: null }, false],
    ['the value of that day', { kind: 'set', value: '25.0', from: '2026-03-01' }, true],
    ['the value of a day inside a step', { kind: 'set', value: '25', from: '2027-01-01' }, true],
    ['another value for that day', { kind: 'set', value: '26', from: '2026-03-01' }, false],
    ['a value before the first change', { kind: 'set', value: '30', from: '2020-01-01' }, true],
    ['no step on a day with one', { kind: 'takeBack', day: '2027-07-01' }, false],
    ['no step on a day without one', { kind: 'takeBack', day: '2027-07-02' }, true],
  ])('tell whether they are what was asked for: %s', (_, edit, done) => {
    expect(isDone(edit, SHARE, ZONE)).toBe(done);
  });

  it('are one for a share that never changed', () => {
    const never = { ...SHARE, timeline: undefined };
    expect(isDone({ kind: 'set', value: '25', from: null }, never, ZONE)).toBe(true);
  });
});
