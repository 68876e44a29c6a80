import type { EntityManager } from 'typeorm';
import type { Caller } from '../../auth/index.js';
import type { Instant, Micros } from '../../domain/index.js';
import { Problem } from '../../platform/problem/index.js';
import { CREDITS_PROBLEMS } from '../credits.problems.js';
import type { EntryCommand, UntimedCommand } from './entry-command.js';
import { idsOf } from './judging-terms.js';

/** A single command to record now, with the caller's conditions. */
export interface EntryRequest {
  /** The user of the entry; for a refund, the user of the deployment or purchase. */
  readonly userId: string;
  /** A time of null means now: the database's clock under the account's lock. */
  readonly command: UntimedCommand;
  /** Whether it is a charge made now, which is refused if credits do not suffice, and not a fact. */
  readonly isCharge: boolean;
  /** The module's cost that the caller expects; null if not given. The deployment is refused if the cost differs. */
  readonly expectedCost: Micros | null;
  /** The caller's ids as user and as partner, for the check of own interest. */
  readonly callerIds: ReadonlySet<string>;
}

/**
 * Builds the request for a command. A deployment without a time is a charge; all other commands are facts.
 *
 * @param caller the caller, or the ids of an earlier caller
 */
export function entryRequest(
  command: UntimedCommand,
  userId: string,
  caller: Caller | ReadonlySet<string>,
  expectedCost: Micros | null = null,
): EntryRequest {
  return {
    userId,
    command,
    isCharge: command.type === 'deployment' && command.occurredAt === null,
    expectedCost,
    callerIds: 'roles' in caller ? idsOf(caller) : caller,
  };
}

/** Returns the command, with this time if it has none. */
export function commandAt({ command }: EntryRequest, time: Instant): EntryCommand {
  return { ...command, occurredAt: command.occurredAt ?? time };
}

const NOT_FOUND = {
  deployment: CREDITS_PROBLEMS.DEPLOYMENT_NOT_FOUND,
  purchase: CREDITS_PROBLEMS.PURCHASE_NOT_FOUND,
  purchaseReversal: CREDITS_PROBLEMS.REVERSAL_NOT_FOUND,
} as const;

/**
 * Finds the user of the entry to undo. The user never changes, so no lock is needed.
 *
 * @throws Problem 404
 */
export async function refundedUser(
  type: keyof typeof NOT_FOUND,
  id: string,
  manager: EntityManager,
): Promise<string> {
  const [row] = await manager.query<{ userId: string }[]>(
    'SELECT user_id AS "userId" FROM credit_entries WHERE type = $1 AND id = $2',
    [type, id],
  );
  if (row === undefined)
    throw new Problem(
      NOT_FOUND[type],
      `There is no ${type === 'purchaseReversal' ? 'reversal' : type} ${id}.`,
    );
  return row.userId;
}
