import type { EntityManager } from 'typeorm';
import { Problem } from '../../platform/problem/index.js';
import { CREDITS_PROBLEMS } from '../credits.problems.js';

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
