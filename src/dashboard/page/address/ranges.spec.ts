import { periodBefore, presetRange } from './ranges.js';

const TODAY = '2026-03-31';

describe('ranges of one click', () => {
  it.each([
    ['last-30-days', '2026-03-02', '2026-03-31', '2026-01-31', '2026-03-01'],
    // On its last day a month, a quarter or a year is whole.
    ['this-month', '2026-03-01', '2026-03-31', '2026-02-01', '2026-02-28'],
    ['last-month', '2026-02-01', '2026-02-28', '2026-01-01', '2026-01-31'],
    ['last-7-days', '2026-03-25', '2026-03-31', '2026-03-18', '2026-03-24'],
    ['this-quarter', '2026-01-01', '2026-03-31', '2025-10-01', '2025-12-31'],
    ['last-quarter', '2025-10-01', '2025-12-31', '2025-07-01', '2025-09-30'],
    ['last-year', '2025-01-01', '2025-12-31', '2024-01-01', '2024-12-31'],
    ['last-12-months', '2025-04-01', '2026-03-31', '2024-04-01', '2025-03-31'],
    ['this-year', '2026-01-01', '2026-03-31', '2025-01-01', '2025-03-31'],
  ] as const)('%s is compared with the period before', (preset, first, last, firstBefore, lastBefore) => {
    const range = presetRange(preset, TODAY);
    expect(range).toEqual({ first, last });
    expect(periodBefore(preset, range, TODAY)).toMatchObject({ first: firstBefore, last: lastBefore });
  });

  it.each([
    // Whole periods, from a preset or from two dates.
    ['2026-02-01', '2026-02-28', '2026-01-01', '2026-01-31', 'whole', 1],
    ['2024-02-01', '2024-02-29', '2024-01-01', '2024-01-31', 'whole', 1],
    ['2026-01-01', '2026-03-31', '2025-10-01', '2025-12-31', 'whole', 3],
    ['2025-01-01', '2025-12-31', '2024-01-01', '2024-12-31', 'whole', 12],
    // Other ranges: the same number of days before.
    ['2024-02-28', '2024-03-01', '2024-02-25', '2024-02-27', 'days', 0],
    ['2026-02-01', '2026-02-27', '2026-01-05', '2026-01-31', 'days', 0],
    ['2026-02-01', '2026-04-30', '2025-11-04', '2026-01-31', 'days', 0],
    ['2026-01-01', '2026-02-28', '2025-11-03', '2025-12-31', 'days', 0],
  ] as const)('%s to %s is compared with %s to %s', (first, last, firstBefore, lastBefore, kind, months) => {
    const before = { first: firstBefore, last: lastBefore, kind, months };
    expect(periodBefore(null, { first, last }, TODAY)).toEqual(before);
  });

  it.each([
    ['this-month', '2026-04-15', '2026-03-01', '2026-03-15', 1],
    // February has no 30th: it ends on its last day, and no day of March is used.
    ['this-month', '2026-03-30', '2026-02-01', '2026-02-28', 1],
    ['this-quarter', '2026-05-31', '2026-01-01', '2026-02-28', 3],
    ['this-year', '2024-03-01', '2023-01-01', '2023-03-01', 12],
    ['this-year', '2026-01-15', '2025-01-01', '2025-01-15', 12],
  ] as const)(
    '%s on %s is compared with the same days before: %s to %s',
    (preset, today, first, last, months) => {
      const before = { first, last, kind: 'running', months };
      expect(periodBefore(preset, presetRange(preset, today), today)).toEqual(before);
    },
  );

  it('two dates equal to this month so far are this month so far', () => {
    const range = { first: '2026-03-01', last: '2026-03-10' };
    const before = { first: '2026-02-01', last: '2026-02-10', kind: 'running', months: 1 };
    expect(periodBefore(null, range, '2026-03-10')).toEqual(before);
  });

  it('all time is open at both ends and has nothing before it', () => {
    expect(presetRange('all', TODAY)).toBeNull();
    expect(periodBefore('all', null, TODAY)).toBeNull();
  });
});
