import type { EntityManager } from 'typeorm';
import type { Caller } from '../../auth/index.js';
import type { Instant, Micros, Pool, SpendCategory } from '../../domain/index.js';
import { idsOf } from './judging-terms.js';
import type { EntryRequest } from './entry-request.js';
import { recordedOwner } from './refunded-user.js';

/** What every entry that is sent on its own may say; null: not said. */
interface Stated {
  /** Its own id, given or made. */
  readonly id: string;
  readonly userId: string;
  /** Null: now, by the database's clock. */
  readonly time: Instant | null;
}

/** What a refund may say beside. */
interface StatedRefund extends Omit<Stated, 'userId'> {
  /** What it gives back, named by the path: a deployment's id, or a purchase's externalId. */
  readonly targetId: string;
  /** Null: all that is left. */
  readonly credits: Micros | null;
  readonly reason: string | null;
}

/** Asks to record a deployment: a charge made now where no time is stated, else a fact. */
export function deploymentRequest(
  stated: Stated & {
    readonly moduleId: string;
    readonly creditCost: Micros | null;
    readonly expectedCost: Micros | null;
  },
  caller: Caller,
): EntryRequest {
  const { id, userId, moduleId, creditCost, expectedCost } = stated;
  return {
    ...askedBy(caller, stated),
    expectedCost,
    isCharge: stated.time === null,
    lineAt: (createdAt) => ({ type: 'deployment', id, userId, moduleId, creditCost, createdAt }),
  };
}

/** Asks to record an award. */
export function awardRequest(
  stated: Stated & {
    readonly credits: Micros;
    readonly expiresAt: Instant | null;
    readonly reason: string | null;
  },
  caller: Caller | ReadonlySet<string>,
): EntryRequest {
  const { id: externalId, userId, credits, expiresAt, reason } = stated;
  return {
    ...askedBy(caller, stated),
    lineAt: (occurredAt) => ({
      type: 'award',
      externalId,
      userId,
      credits,
      expiresAt,
      reason,
      occurredAt,
    }),
  };
}

/** Asks to record a purchase. */
export function purchaseRequest(
  stated: Stated & {
    readonly credits: Micros;
    readonly amount: Micros | null;
    readonly expiresAt: Instant | null;
  },
  caller: Caller,
): EntryRequest {
  const { id: externalId, userId, credits, amount, expiresAt } = stated;
  return {
    ...askedBy(caller, stated),
    lineAt: (occurredAt) => ({
      type: 'purchase',
      externalId,
      userId,
      credits,
      amount,
      expiresAt,
      occurredAt,
    }),
  };
}

/** Asks to record a spend. */
export function spendRequest(
  stated: Stated & {
    readonly credits: Micros;
    readonly category: SpendCategory;
    readonly pool: Pool | null;
  },
  caller: Caller,
): EntryRequest {
  const { id: externalId, userId, credits, category, pool } = stated;
  return {
    ...askedBy(caller, stated),
    lineAt: (occurredAt) => ({ type: 'spend', externalId, userId, credits, category, pool, occurredAt }),
  };
}

/** Asks to refund a deployment. @throws Problem 404 where there is none */
export async function refundRequest(
  stated: StatedRefund,
  caller: Caller,
  manager: EntityManager,
): Promise<EntryRequest> {
  const { id: externalId, targetId: deploymentId, credits, reason } = stated;
  const userId = await recordedOwner('deployment', deploymentId, manager);
  return {
    ...askedBy(caller, { ...stated, userId }),
    lineAt: (occurredAt) => ({ type: 'refund', externalId, deploymentId, credits, reason, occurredAt }),
  };
}

/** Asks to give bought credits back for money. @throws Problem 404 where there is no such purchase */
export async function purchaseRefundRequest(
  stated: StatedRefund,
  caller: Caller,
  manager: EntityManager,
): Promise<EntryRequest> {
  const { id: externalId, targetId: purchaseExternalId, credits, reason } = stated;
  const userId = await recordedOwner('purchase', purchaseExternalId, manager);
  return {
    ...askedBy(caller, { ...stated, userId }),
    lineAt: (occurredAt) => ({
      type: 'purchaseRefund',
      externalId,
      purchaseExternalId,
      credits,
      reason,
      occurredAt,
    }),
  };
}

/** @param caller or its ids, where somebody who asked earlier is meant */
function askedBy(
  caller: Caller | ReadonlySet<string>,
  { userId, time }: Stated,
): Omit<EntryRequest, 'lineAt'> {
  const callerIds = 'roles' in caller ? idsOf(caller) : caller;
  return { userId, statedTime: time, isCharge: false, expectedCost: null, callerIds };
}
