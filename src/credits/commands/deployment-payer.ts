import { assertEarnsNothing, AUTH_PROBLEMS, hasAnyRole, type Caller } from '../../auth/index.js';
import { Problem } from '../../platform/problem/index.js';
import { CREDITS_PROBLEMS } from '../credits.problems.js';

/** Optional fields of a request for a deployment. Null is the same as absent. */
export interface DeploymentOrder {
  readonly id?: string | null;
  readonly userId?: string | null;
  readonly creditCost?: string | null;
  readonly createdAt?: string | null;
}

/**
 * Returns the user who pays for a deployment (docs/contract.md, "Users, modules, deployments, credits"). Platform and
 * admin can charge any user; they and finance can record facts about any user; users and partners deploy as themselves.
 * A caller who receives revenue can charge only itself, at the module's cost, whatever its other roles.
 *
 * @throws Problem 403, or 404 if a user or partner names another user
 */
export function payerOf(order: DeploymentOrder, caller: Caller): string {
  const { userId = null, createdAt = null } = order;
  if (hasAnyRole(caller, 'platform', 'admin', 'finance') && isBeyondOwnCharge(order, caller)) {
    assertEarnsNothing(caller);
  }
  if (hasAnyRole(caller, 'platform', 'admin')) return userId ?? caller.id;
  if (createdAt !== null && hasAnyRole(caller, 'finance')) return userId ?? caller.id;
  if (!hasAnyRole(caller, 'user', 'partner')) {
    throw new Problem(
      AUTH_PROBLEMS.FORBIDDEN,
      'Finance cannot charge users. To record a deployment that took place, send createdAt.',
    );
  }
  assertNoOperatorFields(order);
  if (userId !== null && userId !== caller.id) {
    throw new Problem(CREDITS_PROBLEMS.USER_NOT_FOUND, `There is no user ${userId}.`, {
      attemptOn: { type: 'user', id: userId },
    });
  }
  return caller.id;
}

/** Whether it is a fact, or has another user or cost than a charge to the caller has. */
function isBeyondOwnCharge(
  { userId = null, creditCost = null, createdAt = null }: DeploymentOrder,
  { id }: Caller,
): boolean {
  return createdAt !== null || creditCost !== null || (userId !== null && userId !== id);
}

function assertNoOperatorFields({ id, creditCost, createdAt }: DeploymentOrder): void {
  const field = Object.entries({ id, creditCost, createdAt }).find(
    ([, value]) => (value ?? null) !== null,
  )?.[0];
  if (field === undefined) return;
  throw new Problem(
    CREDITS_PROBLEMS.PLATFORM_ONLY,
    `Users and partners cannot set ${field} when they deploy a module. Remove the field.`,
  );
}
