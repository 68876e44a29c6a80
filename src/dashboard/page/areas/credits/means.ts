/** Whether a balance pays for a module: some modules accept only purchased credits. */

import type { Amounts } from '../../api/credits.js';
import type { Module } from '../../api/modules.js';
import { decimal, units } from '../../exact/decimal.js';

/** The credits that are missing for one deployment; null: the balance is enough. */
export function missingFor(
  { creditCost, requiresPurchasedCredits }: Pick<Module, 'creditCost' | 'requiresPurchasedCredits'>,
  { purchased, total }: Pick<Amounts, 'purchased' | 'total'>,
): string | null {
  const missing = units(creditCost) - units(requiresPurchasedCredits ? purchased : total);
  return missing > 0n ? decimal(missing) : null;
}
