import { formatScaled, type Micros } from './decimal.js';

const UNIT_PRICE_SCALE = 12;

/**
 * What one credit of a purchased lot cost: amount / credits, cut to 12 places. For display beside the exact pair
 * only: nothing is ever computed from it (docs/rules.md).
 *
 * @param credits above 0
 */
export function unitPrice(amount: Micros, credits: Micros): string {
  return formatScaled((amount * 10n ** BigInt(UNIT_PRICE_SCALE)) / credits, UNIT_PRICE_SCALE);
}
