import { periodBefore, presetRange } from './ranges.js';

const TODAY = '2026-03-31';

describe('ranges that one click gives', () => {
  it.each([
    ['last-30-days', '2026-03-02', '2026-03-31', '2026-01-31', '2026-03-01'],
    // February has no 31st: the month before is taken whole, and nothing of this month.
    ['this-month', '2026-03-01', '2026-03-31', '2026-02-01', '2026-02-28'],
    ['last-month', '2026-02-01', '2026-02-28', '2026-01-01', '2026-01-31'],
    ['this-quarter', '2026-01-01', '2026-03-31', '2025-10-01', '2025-12-29'],
    ['this-year', '2026-01-01', '2026-03-31', '2025-01-01', '2025-03-31'],
  ] as const)('%s is compared with what was before it', (preset, first, last, firstBefore, lastBefore) => {
    const range = presetRange(preset, TODAY);
    expect(range).toEqual({ first, last });
    expect(periodBefore(preset, range)).toEqual({ first: firstBefore, last: lastBefore });
  });

  it('all time has no ends and nothing before it; two dates have as many days before them', () => {
    expect(presetRange('all', TODAY)).toBeNull();
    expect(periodBefore('all', null)).toBeNull();
    expect(periodBefore(null, { first: '2024-02-28', last: '2024-03-01' })).toEqual({
      first: '2024-02-25',
      last: '2024-02-27',
    });
  });
});
