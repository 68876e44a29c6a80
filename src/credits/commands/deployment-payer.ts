import { assertEarnsNothing, AUTH_PROBLEMS, hasAnyRole, type Caller } from '../../auth/index.js';
import { Problem } from '../../platform/problem/index.js';
import { CREDITS_PROBLEMS } from '../credits.problems.js';

/** What somebody says of a deployment beside its module; absent or null: not said. */
export interface DeploymentOrder {
  readonly id?: string | null;
  readonly userId?: string | null;
  readonly creditCost?: string | null;
  readonly createdAt?: string | null;
}

/**
 * Who pays for a deployment that a caller asks for (docs/contract.md, "Users, modules, deployments, credits"): platform and
 * admin charge anybody, they and finance record facts about anybody, users and partners deploy as themselves. A caller
 * who earns charges itself alone, at the module's cost, whatever its other roles.
 *
 * @throws Problem 403, or 404 where a user or partner names somebody else
 */
export function payerOf(order: DeploymentOrder, caller: Caller): string {
  const { userId = null, createdAt = null } = order;
  if (hasAnyRole(caller, 'platform', 'admin', 'finance') && saysWhatOthersPay(order, caller)) {
    assertEarnsNothing(caller);
  }
  if (hasAnyRole(caller, 'platform', 'admin')) return userId ?? caller.id;
  if (createdAt !== null && hasAnyRole(caller, 'finance')) return userId ?? caller.id;
  if (!hasAnyRole(caller, 'user', 'partner')) {
    throw new Problem(
      AUTH_PROBLEMS.FORBIDDEN,
      'Finance charges nobody; give createdAt to record a deployment that took place.',
    );
  }
  assertSaysNoMore(order);
  if (userId !== null && userId !== caller.id) {
    throw new Problem(CREDITS_PROBLEMS.USER_NOT_FOUND, `There is no user ${userId}.`, {
      attemptOn: { type: 'user', id: userId },
    });
  }
  return caller.id;
}

/** Whether it is a fact, or names another user or cost than a user's own deployment has. */
function saysWhatOthersPay(
  { userId = null, creditCost = null, createdAt = null }: DeploymentOrder,
  { id }: Caller,
): boolean {
  return createdAt !== null || creditCost !== null || (userId !== null && userId !== id);
}

function assertSaysNoMore({ id, creditCost, createdAt }: DeploymentOrder): void {
  const field = Object.entries({ id, creditCost, createdAt }).find(
    ([, value]) => (value ?? null) !== null,
  )?.[0];
  if (field === undefined) return;
  throw new Problem(
    CREDITS_PROBLEMS.PLATFORM_ONLY,
    `Users and partners cannot set ${field} when they deploy a module; leave it out.`,
  );
}
