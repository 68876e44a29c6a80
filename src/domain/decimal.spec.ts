import { formatDecimal, formatScaled, microsFromNumeric, parseDecimal, proportion } from './decimal.js';

describe('parseDecimal', () => {
  it.each([
    ['0', 0n],
    ['12', 12_000_000n],
    ['0.5', 500_000n],
    ['0.000001', 1n],
    ['1.50', 1_500_000n],
    ['0.000000', 0n],
    ['999999999999.999999', 999_999_999_999_999_999n],
  ])('reads %s', (text, micros) => {
    expect(parseDecimal(text)).toBe(micros);
  });

  it.each(
    [
      [
        '',
        ' 1',
        '1 ',
        '1\n',
        '+1',
        '-1',
        '-0',
        '01',
        '00',
        '.5',
        '1.',
        '1e3',
        '1e-7',
        '0x10',
        'NaN',
        'Infinity',
      ],
      ['0.0000001', '1.0000000', '1000000000000', '1,5', '1_000', '١', '１', '1.5.2'],
    ].flat(),
  )('refuses %j', (text) => {
    expect(parseDecimal(text)).toBeNull();
  });
});

describe('microsFromNumeric', () => {
  it.each([
    ['0', 0n],
    ['-0', 0n],
    ['-1.5', -1_500_000n],
    ['1000000000000.25', 1_000_000_000_000_250_000n],
    ['2.500000000000', 2_500_000n],
  ])('reads %s', (text, micros) => {
    expect(microsFromNumeric(text)).toBe(micros);
  });

  it('refuses a number with more than 6 decimal places', () => {
    expect(() => microsFromNumeric('0.0000001')).toThrow('"0.0000001" has more than 6 decimal places');
  });

  it.each(['', 'NaN', 'Infinity', '1e3', ' 1', '.5', '1.', '--1'])('refuses %j', (text) => {
    expect(() => microsFromNumeric(text)).toThrow('is not a plain decimal');
  });
});

describe('formatDecimal', () => {
  it.each([
    [0n, '0'],
    [-0n, '0'],
    [1n, '0.000001'],
    [-1n, '-0.000001'],
    [500_000n, '0.5'],
    [12_000_000n, '12'],
    [10_000_010n, '10.00001'],
    [-1_500_000n, '-1.5'],
  ])('writes %s millionths canonically', (micros, text) => {
    expect(formatDecimal(micros)).toBe(text);
  });

  it('writes other scales too', () => {
    expect(formatScaled(66_898_270_005_900_000n, 12)).toBe('66898.2700059');
    expect(formatScaled(7n, 0)).toBe('7');
  });
});

describe('proportion', () => {
  it('cuts the result, and returns the whole value for the whole', () => {
    expect(proportion(1_000_000n, 1n, 3n)).toBe(333_333n);
    expect(proportion(1_000_000n, 2n, 3n)).toBe(666_666n);
    expect(proportion(1_000_000n, 3n, 3n)).toBe(1_000_000n);
    expect(proportion(0n, 1n, 3n)).toBe(0n);
  });

  it('is exact for numbers that a float cannot represent', () => {
    expect(proportion(999_999_999_999_999_999n, 999_999_999_999_999_998n, 999_999_999_999_999_999n)).toBe(
      999_999_999_999_999_998n,
    );
  });
});
