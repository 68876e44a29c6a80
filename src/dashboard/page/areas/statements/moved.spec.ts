import type { Payouts, PreviewedStatement } from '../../api/statements.js';
import { movedMost } from './moved.js';

const figures = (partnerId: string, opening: string, revenue: string, adjustments: string, due: string) => ({
  partnerId,
  email: null,
  deployments: 1,
  opening,
  revenue,
  adjustments,
  due,
});

describe('what moved most between two months', () => {
  it('is the largest change of what is due, in either direction, with the part that moved it', () => {
    const before = [figures('a', '0', '5', '0', '5'), figures('b', '0', '5', '0', '5')];
    const now = [figures('a', '0', '6', '0', '6'), figures('b', '0', '5.5', '-9', '-3.5')];
    const moved = movedMost(now as PreviewedStatement[], before as Payouts['data']);
    expect(moved.map(({ partnerId, change, part }) => [partnerId, change, part])).toEqual([
      ['b', '-8.5', 'adjustments'],
      ['a', '1', 'revenue'],
    ]);
  });

  it('knows partners that are in one of the months only', () => {
    const before = [figures('gone', '0', '7', '0', '7')];
    const now = [figures('new', '2', '1', '0', '3')];
    const moved = movedMost(now as PreviewedStatement[], before as Payouts['data']);
    expect(moved.map(({ partnerId, change, part }) => [partnerId, change, part])).toEqual([
      ['gone', '-7', 'revenue'],
      ['new', '3', 'opening'],
    ]);
  });
});
