import { parseDecimal, MICROS_SCALE, type Micros } from '../../domain/index.js';
import { currencyPlaces } from '../../variables/index.js';

/**
 * Currencies whose amounts Stripe states with other places than ISO 4217 has (docs.stripe.com/currencies, "Special
 * cases" and "Zero-decimal currencies").
 */
const STRIPE_PLACES: ReadonlyMap<string, number> = new Map([
  ['ISK', 2],
  ['UGX', 2],
  ['MGA', 0],
]);

/** An amount that Stripe states in the currency's smallest unit; null if it is not such an amount. */
export function microsOfMinorUnits(value: unknown, currency: string): Micros | null {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) return null;
  const places = STRIPE_PLACES.get(currency) ?? currencyPlaces(currency);
  return BigInt(value) * 10n ** BigInt(MICROS_SCALE - places);
}

/** Credits that a metadata field states, above 0; null if it does not. */
export function creditsOfMetadata(value: unknown): Micros | null {
  const credits = typeof value === 'string' ? parseDecimal(value) : null;
  return credits === null || credits === 0n ? null : credits;
}
