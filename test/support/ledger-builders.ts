import {
  parseDecimal,
  type Award,
  type Deployment,
  type Instant,
  type Micros,
  type Purchase,
  type PurchaseRefund,
  type PurchaseReversal,
  type Refund,
  type ReversalRelease,
  type Spend,
} from '../../src/domain/index.js';

const NEW_YEAR_2026: Instant = 1_767_225_600_000_000n;
const MICROS_PER_DAY = 86_400_000_000n;

/** Midnight UTC of day n of January 2026; n can be greater than 31. */
export function day(n: number): Instant {
  return NEW_YEAR_2026 + BigInt(n - 1) * MICROS_PER_DAY;
}

/** Credits or money from their decimal text. */
export function micros(text: string): Micros {
  const value = parseDecimal(text);
  if (value === null) throw new Error(`"${text}" is no decimal`);
  return value;
}

type Fields<T> = Partial<Omit<T, 'type' | 'id'>>;

/** An award of 10 credits on day 1 that never expires, by default. */
export function award(id: string, fields: Fields<Award> = {}): Award {
  return { type: 'award', id, credits: micros('10'), occurredAt: day(1), expiresAt: null, ...fields };
}

/** A purchase of 10 credits for 1 on day 1 that never expires, by default. */
export function purchase(id: string, fields: Fields<Purchase> = {}): Purchase {
  return {
    type: 'purchase',
    id,
    credits: micros('10'),
    amount: micros('1'),
    occurredAt: day(1),
    expiresAt: null,
    ...fields,
  };
}

/** A deployment for 10 credits of any pool on day 2, by default. */
export function deployment(id: string, fields: Fields<Deployment> = {}): Deployment {
  return {
    type: 'deployment',
    id,
    credits: micros('10'),
    pool: 'any',
    moduleId: 'studio',
    occurredAt: day(2),
    ...fields,
  };
}

/** A project spend of 10 credits of any pool on day 2, by default. */
export function spend(id: string, fields: Fields<Spend> = {}): Spend {
  return {
    type: 'spend',
    id,
    credits: micros('10'),
    pool: 'any',
    category: 'project',
    occurredAt: day(2),
    ...fields,
  };
}

/** A refund of all that is left of a deployment, on day 3, by default. */
export function refund(id: string, deploymentId: string, fields: Fields<Refund> = {}): Refund {
  return { type: 'refund', id, deploymentId, credits: null, occurredAt: day(3), ...fields };
}

/** A purchaseRefund of all that remains of a purchase, on day 3, by default. */
export function purchaseRefund(
  id: string,
  purchaseId: string,
  fields: Fields<PurchaseRefund> = {},
): PurchaseRefund {
  return { type: 'purchaseRefund', id, purchaseId, credits: null, occurredAt: day(3), ...fields };
}

/** A reversal of all that is left to reverse of a purchase, on day 3, by default. */
export function purchaseReversal(
  id: string,
  purchaseId: string,
  fields: Fields<PurchaseReversal> = {},
): PurchaseReversal {
  return {
    type: 'purchaseReversal',
    id,
    purchaseId,
    credits: null,
    cause: null,
    occurredAt: day(3),
    ...fields,
  };
}

/** A release of a reversal, on day 4, by default. */
export function reversalRelease(
  id: string,
  reversalId: string,
  fields: Fields<ReversalRelease> = {},
): ReversalRelease {
  return { type: 'reversalRelease', id, reversalId, occurredAt: day(4), ...fields };
}
