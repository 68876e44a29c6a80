import { neutralised, quoted } from './csv-cell.js';

describe('a CSV cell', () => {
  it.each([
    '=1+1',
    '+1',
    '-1',
    '@sum',
    '\tx',
    '\rx',
    '\nx',
    '＝1',
    '＋1',
    '－1',
    '＠x',
    '  =1',
    '\u00A0=1',
    '\u3000＝1',
    '-',
  ])('that begins like a formula gets an apostrophe: %j', (text) => {
    expect(neutralised(text)).toBe(`'${text}`);
  });

  it.each(['maps', "'=1", '1-2', 'a@b.example', '', ' ', '−1', '(=1)', '日本'])(
    'stays as it is: %j',
    (text) => {
      expect(neutralised(text)).toBe(text);
    },
  );

  it('keeps nothing as nothing', () => {
    expect(neutralised(null)).toBeNull();
  });

  it.each([
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "no"', '"say ""no"""'],
    ['two\nlines', '"two\nlines"'],
    ['two\rlines', '"two\rlines"'],
    ['semi;colon', 'semi;colon'],
  ])('is quoted where RFC 4180 asks for it: %j', (text, cell) => {
    expect(quoted(text)).toBe(cell);
  });
});
