import type { StatedStep } from '../../domain/index.js';
import { changesOf, sharesInWords } from './share-words.js';

const [MARCH, JUNE] = ['2026-03-01T05:00:00Z', '2026-06-01T04:00:00Z'];
const LOCAL: Readonly<Record<string, string>> = {
  [MARCH]: '2026-03-01T00:00:00-05:00',
  [JUNE]: '2026-06-01T01:00:00+02:00',
  odd: '2026-06-01T01:00:00.5+02:00',
};
const words = (...steps: StatedStep[]): string => sharesInWords(steps, (instant) => LOCAL[instant] ?? '');

describe('the shares in words', () => {
  it.each<[string, StatedStep[]]>([
    ['30 %', [{ from: null, to: null, value: '30' }]],
    ['30 %', [{ from: MARCH, to: JUNE, value: '30' }]],
    [
      '30 % until 1 March 2026, 25 % from then',
      [
        { from: null, to: MARCH, value: '30' },
        { from: MARCH, to: null, value: '25' },
      ],
    ],
    [
      '30 % until 1 March 2026, 25 % until 1 June 2026, 01:00, 12.5 % from then',
      [
        { from: null, to: MARCH, value: '30' },
        { from: MARCH, to: JUNE, value: '25' },
        { from: JUNE, to: MARCH, value: '12.5' },
      ],
    ],
    [
      '30 % until 1 June 2026, 01:00:00.5, 25 % from then',
      [
        { from: null, to: 'odd', value: '30' },
        { from: 'odd', to: null, value: '25' },
      ],
    ],
    ['', []],
  ])('are "%s"', (expected, steps) => {
    expect(words(...steps)).toBe(expected);
    expect(changesOf(steps)).toEqual(steps.slice(1).map(({ from }) => from));
  });
});
