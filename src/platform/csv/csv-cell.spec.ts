import { neutralised, quoted } from './csv-cell.js';
import { INVISIBLE_RANGES } from './invisible.js';

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
    'x;=1+1;y',
    'x; ＝1',
    'x,+1',
    'x\t@y',
    'x\n-1',
    '\u200B=1',
    '\uFEFF=1',
    '\u202E=1',
    '\u2066\u00AD+1',
    'x;\u2028\u{E0061}=1',
    ' \t',
  ])('gets an apostrophe if a part of it begins like a formula: %j', (text) => {
    expect(neutralised(text)).toBe(`'${text}`);
  });

  it.each([
    'maps',
    'a;b',
    'a; b=c',
    'a, b',
    '\u200Bmaps',
    "'=1",
    '1-2',
    'a@b.example',
    '',
    ' ',
    '−1',
    '(=1)',
    '日本',
  ])('stays unchanged if it is harmless: %j', (text) => {
    expect(neutralised(text)).toBe(text);
  });

  it('keeps null as null', () => {
    expect(neutralised(null)).toBeNull();
  });

  it.each([
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "no"', '"say ""no"""'],
    ['two\nlines', '"two\nlines"'],
    ['two\rlines', '"two\rlines"'],
    ['semi;colon', '"semi;colon"'],
    ['a\ttab', '"a\ttab"'],
    ['x;=1+1;y', '"x;=1+1;y"'],
  ])('is quoted if RFC 4180 requires it: %j', (text, cell) => {
    expect(quoted(text)).toBe(cell);
  });

  it('treats as invisible all characters that Unicode defines as such', () => {
    const found: [number, number][] = [];
    for (let codePoint = 0; codePoint <= 0x10_ff_ff; codePoint += 1) {
      if (!/[\p{Z}\p{Cf}\p{Default_Ignorable_Code_Point}]/u.test(String.fromCodePoint(codePoint))) continue;
      const last = found.at(-1);
      if (last?.[1] === codePoint - 1) last[1] = codePoint;
      else found.push([codePoint, codePoint]);
    }
    expect(found).toEqual(INVISIBLE_RANGES);
  });
});
