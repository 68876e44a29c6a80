import {
  formatRevenue,
  formatRevenueShare,
  parseRevenueShare,
  platformRevenueOf,
  revenueOf,
} from './revenue-share.js';

describe('parseRevenueShare', () => {
  it.each([
    ['0', 0n],
    ['30', 300_000n],
    ['12.5', 125_000n],
    ['0.0001', 1n],
    ['99.9999', 999_999n],
    ['100', 1_000_000n],
    ['100.0000', 1_000_000n],
  ])('reads %s', (text, share) => {
    expect(parseRevenueShare(text)).toBe(share);
  });

  it.each(['', '100.0001', '101', '1000', '-1', '+1', '030', '.5', '5.', '0.00001', '1e1', '30%', 'NaN'])(
    'refuses %j',
    (text) => {
      expect(parseRevenueShare(text)).toBeNull();
    },
  );

  it('is written canonically', () => {
    expect(
      ['30.0', '12.50', '0.0001', '0'].map((text) => formatRevenueShare(parseRevenueShare(text) ?? -1n)),
    ).toEqual(['30', '12.5', '0.0001', '0']);
  });
});

describe('revenue', () => {
  it('is gross * share / 100, never rounded', () => {
    expect(formatRevenue(revenueOf(222_998_903_353n, 300_000n))).toBe('66899.6710059');
    expect(formatRevenue(revenueOf(1n, 1n))).toBe('0.000000000001');
    expect(formatRevenue(revenueOf(1n, 1_000_000n))).toBe('0.000001');
    expect(formatRevenue(revenueOf(5_000_000n, 0n))).toBe('0');
  });

  it("and the platform's part add up to gross revenue", () => {
    const gross = 1_000_001n;
    const revenue = revenueOf(gross, 333_333n);
    expect(formatRevenue(revenue)).toBe('0.333333333333');
    expect(formatRevenue(platformRevenueOf(gross, revenue))).toBe('0.666667666667');
  });
});
