import { REVENUE_SCALE, type Revenue } from '../revenue-share.js';

/** One unit of money with so many places, as revenue: 0.01 for 2. */
export function minorUnitOf(places: number): Revenue {
  return 10n ** BigInt(REVENUE_SCALE - places);
}

/**
 * Rounds to so many places, half to even: the only rounding of money (docs/statements.md). 0.125 and 0.115 both give
 * 0.12.
 */
export function roundHalfEven(amount: Revenue, places: number): Revenue {
  const unit = minorUnitOf(places);
  const whole = amount / unit;
  const rest = amount - whole * unit;
  const twice = rest < 0n ? -2n * rest : 2n * rest;
  const isUp = twice > unit || (twice === unit && whole % 2n !== 0n);
  const step = amount < 0n ? -1n : 1n;
  return (isUp ? whole + step : whole) * unit;
}
