import { MICROS_SCALE, type Micros } from '../decimal.js';
import type { Instant } from '../instant.js';
import type { Pool } from './entry.js';

/** The terms of a module that a deployment freezes when it is recorded. */
export interface ModuleTerms {
  readonly creditCost: Micros;
  readonly partnerId: string | null;
  readonly requiresPurchasedCredits: boolean;
}

/** A value of the variable `creditsPerUnit` (credits for one unit of money, in micros) and since when it is in force. */
export interface CreditsPerUnitChange {
  readonly since: Instant;
  readonly creditsPerUnit: Micros;
}

/**
 * The cost that a deployment freezes: the one stated; else the module's current cost, and 0 where the user is the
 * module's own partner (docs/rules.md, "Entries").
 */
export function frozenCreditCost(stated: Micros | null, module: ModuleTerms, userId: string): Micros {
  if (stated !== null) return stated;
  return module.partnerId === userId ? 0n : module.creditCost;
}

/** The pool that a deployment freezes: purchased credits alone where its module requires them. */
export function frozenPool(module: ModuleTerms): Pool {
  return module.requiresPurchasedCredits ? 'purchased' : 'any';
}

/**
 * The amount that a purchase freezes: the one stated; else credits / the creditsPerUnit in force at occurredAt, cut to
 * 6 places.
 *
 * @param changes every value that was ever set, oldest first; before the first of them that first value is in force
 * @param fallback the variable's default, in force where none was ever set
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
