import { monthsOf } from './months.js';

describe('the months of a list', () => {
  it('are those of the days, the latest first, over the end of a year', () => {
    expect(monthsOf({ firstDay: '2025-11-30', lastDay: '2026-02-01' })).toEqual([
      '2026-02',
      '2026-01',
      '2025-12',
      '2025-11',
    ]);
  });

  it('are at most 36, and none without deployments', () => {
    expect(monthsOf({ firstDay: '2001-01-01', lastDay: '2026-12-31' })).toHaveLength(36);
    expect(monthsOf({ firstDay: null, lastDay: null })).toEqual([]);
  });
});
