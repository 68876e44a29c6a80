import { Problem } from '../platform/problem/index.js';
import { AUTH_PROBLEMS } from './auth.problems.js';
import type { Caller } from './caller.js';

/** The reason of a refusal, for a route and for a line of an import. */
export const OWN_INTEREST_REASON =
  'the token has the role partner or the claim partnerId, and callers who receive revenue cannot record credits or money; use a token that has neither';

/**
 * The rule of own interest (docs/contract.md, "Callers"): a caller who receives revenue cannot record money, whatever
 * its other roles.
 *
 * @throws Problem 403 AUTH.OWN_INTEREST if the caller has the role `partner` or a claim `partnerId`
 */
export function assertEarnsNothing({ earnsAs }: Caller): void {
  if (earnsAs === null) return;
  const [first = '', ...rest] = OWN_INTEREST_REASON;
  throw new Problem(AUTH_PROBLEMS.OWN_INTEREST, `${first.toUpperCase()}${rest.join('')}.`);
}
