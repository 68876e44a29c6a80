import * as fc from 'fast-check';
import { decimal, difference, permille, sum, units } from './decimal.js';

const anyUnits = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });

describe('exact decimals', () => {
  it('are unchanged after parsing and formatting', () => {
    fc.assert(fc.property(anyUnits, (value) => units(decimal(value)) === value));
    for (const text of ['0', '12', '0.5', '-0.000000000001', '123456789012.345678']) {
      expect(decimal(units(text))).toBe(text);
    }
  });

  it('add and subtract without losing anything', () => {
    expect(sum(['0.1', '0.2', '1000000000000000000000.000000000001'])).toBe(
      '1000000000000000000000.300000000001',
    );
    expect(difference('1', '0.000000000001')).toBe('0.999999999999');
    expect(sum([])).toBe('0');
  });

  it('give parts of a whole in tenths of a percent', () => {
    expect(permille('1', '3')).toBe(333);
    expect(permille('2', '3')).toBe(667);
    expect(permille('-1', '3')).toBe(-333);
    expect(permille('1', '1')).toBe(1000);
    expect(permille('5', '0')).toBeNull();
  });

  it.each(['', '1.', '.5', '1e3', '1,5', 'NaN', '1.0000000000001'])('refuse %p', (text) => {
    expect(() => units(text)).toThrow(RangeError);
  });
});
