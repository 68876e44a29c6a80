import * as fc from 'fast-check';
import { neutralised, quoted } from '../../../platform/csv/csv-cell.js';
import { csvCell, csvText } from './csv.js';

describe('CSV on the page', () => {
  it('has cells of the same form as the service', () => {
    const anyText = fc.oneof(
      fc.string(),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('=1+1', '\u200b=x', 'a;-b', '＝1', '"', ' @x', '\tx'),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        fc.pre(!/^-?\d+(\.\d+)?$/.test(text));
        expect(csvCell(text)).toBe(quoted(neutralised(text) ?? ''));
      }),
    );
  });

  it('keeps amounts, also negative ones, as they are', () => {
    expect(
      csvText([
        ['Period', 'Revenue'],
        ['2026-05', '-12.5'],
      ]),
    ).toBe('Period,Revenue\r\n2026-05,-12.5\r\n');
  });
});
