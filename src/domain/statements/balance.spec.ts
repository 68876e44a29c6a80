import { formatRevenue, revenueFromNumeric, type Revenue } from '../revenue-share.js';
import { balanceOf, isOpeningStated } from './balance.js';
import { roundHalfEven } from './rounding.js';

const money = (text: string): Revenue => revenueFromNumeric(text);

describe('rounding', () => {
  it.each([
    ['0.115', 2, '0.12'],
    ['0.125', 2, '0.12'],
    ['0.125000000001', 2, '0.13'],
    ['0.135', 2, '0.14'],
    ['-0.115', 2, '-0.12'],
    ['-0.125', 2, '-0.12'],
    ['2.5', 0, '2'],
    ['3.5', 0, '4'],
    ['0.0005', 3, '0'],
    ['0.0015', 3, '0.002'],
    ['7', 2, '7'],
  ])('of %s to %d places gives %s', (amount, places, rounded) => {
    expect(formatRevenue(roundHalfEven(money(amount), places))).toBe(rounded);
  });
});

describe('a balance', () => {
  const terms = { currencyMinorUnit: 2, minimumPayout: money('0') };
  const balance = (opening: string, revenue: string, adjustments: string, minimum = '0'): string[] => {
    const parts = { opening: money(opening), revenue: money(revenue), adjustments: money(adjustments) };
    const { due, payable, carried } = balanceOf(parts, { ...terms, minimumPayout: money(minimum) });
    return [due, payable, carried].map(formatRevenue);
  };

  it.each([
    [
      ['0', '2.104', '0'],
      ['2.104', '2.1', '0.004'],
    ],
    [
      ['0.004', '2.104', '-0.2'],
      ['1.908', '1.91', '-0.002'],
    ],
    [
      ['0', '1', '-3.5'],
      ['-2.5', '0', '-2.5'],
    ],
    [
      ['0', '0.004', '0'],
      ['0.004', '0', '0.004'],
    ],
    [
      ['0', '9.999', '0', '10'],
      ['9.999', '10', '-0.001'],
    ],
    [
      ['0', '9.99', '0', '10'],
      ['9.99', '0', '9.99'],
    ],
    [
      ['-0.001', '0', '0'],
      ['-0.001', '0', '-0.001'],
    ],
  ])('of %j is %j', (parts, expected) => {
    expect(balance(...(parts as [string, string, string, string?]))).toEqual(expected);
  });

  it('is stated without lines if the opening is at least one smallest unit', () => {
    const stated = ['0.01', '-0.01', '0.009999', '-0.004', '0', '3'].map((text) =>
      isOpeningStated(money(text), 2),
    );
    expect(stated).toEqual([true, true, false, false, false, true]);
  });
});
