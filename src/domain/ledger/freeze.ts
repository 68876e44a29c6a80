import { MICROS_SCALE, type Micros } from '../decimal.js';
import type { Instant } from '../instant.js';
import type { Pool } from './entry.js';

/** The terms of a module that a deployment freezes when it is recorded. */
export interface ModuleTerms {
  readonly creditCost: Micros;
  readonly partnerId: string | null;
  readonly requiresPurchasedCredits: boolean;
}

/** A value of the variable `creditsPerUnit` (credits for one unit of money, in micros), in force from `since` on. */
export interface CreditsPerUnitChange {
  readonly since: Instant;
  readonly creditsPerUnit: Micros;
}

/**
 * The cost that a deployment freezes: the given one, otherwise the module's current cost, or 0 if the user is the
 * module's own partner (docs/rules.md, "Entries").
 */
export function frozenCreditCost(stated: Micros | null, module: ModuleTerms, userId: string): Micros {
  if (stated !== null) return stated;
  return module.partnerId === userId ? 0n : module.creditCost;
}

/** The pool that a deployment freezes: `purchased` if its module requires purchased credits, otherwise `any`. */
export function frozenPool(module: ModuleTerms): Pool {
  return module.requiresPurchasedCredits ? 'purchased' : 'any';
}

/**
 * The amount that a purchase freezes: the given one, otherwise credits / the creditsPerUnit in force at occurredAt,
 * cut to 6 places.
 *
 * @param changes all values that were ever set, oldest first; the first one is in force before its own time too
 * @param fallback the variable's default, in force if no value was ever set
 */
export function frozenAmount(
  stated: Micros | null,
  credits: Micros,
  occurredAt: Instant,
  changes: readonly CreditsPerUnitChange[],
  fallback: Micros,
): Micros {
  if (stated !== null) return stated;
  const inForce = changes.findLast((change) => change.since <= occurredAt) ?? changes[0];
  return (credits * 10n ** BigInt(MICROS_SCALE)) / (inForce?.creditsPerUnit ?? fallback);
}
