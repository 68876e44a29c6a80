import { formatScaled, type Micros } from './decimal.js';

const UNIT_PRICE_SCALE = 12;

/**
 * The price of one credit of a purchased lot: amount / credits, cut to 12 places. It is only displayed, next to the
 * exact pair; code never computes with it (docs/rules.md).
 *
 * @param credits above 0
 */
export function unitPrice(amount: Micros, credits: Micros): string {
  return formatScaled((amount * 10n ** BigInt(UNIT_PRICE_SCALE)) / credits, UNIT_PRICE_SCALE);
}
