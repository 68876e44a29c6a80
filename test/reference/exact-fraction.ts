/** An exact fraction; the denominator is above 0. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const MILLION = 1_000_000n;

/** Millionths as a fraction. */
export function fromMillionths(millionths: bigint): Fraction {
  return { numerator: millionths, denominator: MILLION };
}

export function times(left: Fraction, right: Fraction): Fraction {
  return {
    numerator: left.numerator * right.numerator,
    denominator: left.denominator * right.denominator,
  };
}

/** @param right not 0 */
function dividedBy(left: Fraction, right: Fraction): Fraction {
  return times(left, { numerator: right.denominator, denominator: right.numerator });
}

/**
 * Converts a fraction of 0 or more to decimal digits by long division, as on paper, stops after six places, and returns
 * the digits as millionths.
 */
export function cutToSixPlaces({ numerator, denominator }: Fraction): bigint {
  let digits = String(numerator / denominator);
  let remainder = numerator % denominator;
  for (let place = 1; place <= 6; place += 1) {
    digits += String((remainder * 10n) / denominator);
    remainder = (remainder * 10n) % denominator;
  }
  return BigInt(digits);
}

/** "takes the value m if q = c, else m*q/c cut to 6 places" */
export function partOf(value: bigint, taken: bigint, held: bigint): bigint {
  if (taken === held) return value;
  const exact = dividedBy(times(fromMillionths(value), fromMillionths(taken)), fromMillionths(held));
  return cutToSixPlaces(exact);
}
