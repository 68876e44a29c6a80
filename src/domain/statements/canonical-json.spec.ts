import { canonicalJson } from './canonical-json.js';

describe('canonical JSON', () => {
  it('sorts names by UTF-16 code units, as in RFC 8785, 3.2.3', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    // Not read back by JSON.parse, which puts whole numbers first.
    const values = canonicalJson(value)
      .slice(1, -1)
      .split(',')
      .map((member) => member.split(':"')[1]);
    expect(values).toEqual([
      'Carriage Return"',
      'One"',
      'Control"',
      'Latin Small Letter O With Diaeresis"',
      'Euro Sign"',
      'Emoji: Grinning Face"',
      'Hebrew Letter Dalet With Dagesh"',
    ]);
  });

  it('escapes only what must be escaped', () => {
    expect(canonicalJson('€$\u000f\nA\'B"\\\\"/\u007f\u2028')).toBe(
      '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/\u007f\u2028"',
    );
  });

  it('writes whole numbers, null, booleans and lists without spaces', () => {
    expect(canonicalJson({ b: [2, null, { d: true, c: '' }], a: -0 })).toBe(
      '{"a":0,"b":[2,null,{"c":"","d":true}]}',
    );
  });

  it.each([[0.5], [2 ** 53], [Number.NaN], ['\ud800'], [{ '\udc00': 1 }]])('refuses %j', (value) => {
    expect(() => canonicalJson(value)).toThrow(RangeError);
  });
});
