import type { EntityManager } from 'typeorm';
import type { Caller } from '../../auth/index.js';
import type { Instant, Micros } from '../../domain/index.js';
import { Problem } from '../../platform/problem/index.js';
import { CREDITS_PROBLEMS } from '../credits.problems.js';
import type { EntryCommand, UntimedCommand } from './entry-command.js';
import { idsOf } from './judging-terms.js';

/** A command that somebody asks to record now, by itself. */
export interface EntryRequest {
  /** The user whose entry it is; of a refund, the user of what it names. */
  readonly userId: string;
  /** A time of null is now: the database's clock under the account's lock. */
  readonly command: UntimedCommand;
  /** Whether it is refused for lack of credits: a charge made now, and not a fact that is told afterwards. */
  readonly isCharge: boolean;
  /** Of a deployment: what its module costs as far as the caller knows; null: not said. At another cost it is refused. */
  readonly expectedCost: Micros | null;
  /** The ids of the caller, as user and as partner: an award or purchase must not serve their interest. */
  readonly callerIds: ReadonlySet<string>;
}

/**
 * Asks to record a command. A deployment without a time is a charge; everything else is a fact.
 *
 * @param caller or its ids, where somebody who asked earlier is meant
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

/** The command with this time, where it gives none. */
export function commandAt({ command }: EntryRequest, time: Instant): EntryCommand {
  return { ...command, occurredAt: command.occurredAt ?? time };
}

const NOT_FOUND = {
  deployment: CREDITS_PROBLEMS.DEPLOYMENT_NOT_FOUND,
  purchase: CREDITS_PROBLEMS.PURCHASE_NOT_FOUND,
} as const;

/**
 * The user of what a refund names; it never changes, so no lock is needed.
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
  if (row === undefined) throw new Problem(NOT_FOUND[type], `There is no ${type} ${id}.`);
  return row.userId;
}
