import { unitPrice } from './unit-price.js';

describe('unitPrice', () => {
  it.each([
    [1_000_000n, 10_000_000n, '0.1'],
    [1_000_000n, 3_000_000n, '0.333333333333'],
    [2_000_000n, 3_000_000n, '0.666666666666'],
    [0n, 5_000_000n, '0'],
    [999_999_999_999_999_999n, 1n, '999999999999999999'],
    [1n, 999_999_999_999_999_999n, '0'],
    [13_500_000n, 200_800_000n, '0.067231075697'],
  ])('of %s for %s millionths of a credit is %s, cut to 12 places', (amount, credits, price) => {
    expect(unitPrice(amount, credits)).toBe(price);
  });
});
