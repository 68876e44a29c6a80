import { Problem } from '../platform/problem/index.js';
import { AUTH_PROBLEMS } from './auth.problems.js';
import type { Caller } from './caller.js';

/** What a caller who earns is told, by a route or of a line of an import. */
export const OWN_INTEREST_REASON =
  'the token has the role partner or the claim partnerId, and a caller who earns writes no money; use a token that has neither';

/**
 * The rule of own interest (docs/contract.md, "Callers"): a caller who earns writes no money, whatever its other roles.
 *
 * @throws Problem 403 AUTH.OWN_INTEREST where the caller has the role `partner` or a claim `partnerId`
 */
export function assertEarnsNothing({ earnsAs }: Caller): void {
  if (earnsAs === null) return;
  const [first = '', ...rest] = OWN_INTEREST_REASON;
  throw new Problem(AUTH_PROBLEMS.OWN_INTEREST, `${first.toUpperCase()}${rest.join('')}.`);
}
