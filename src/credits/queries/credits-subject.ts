import { hasAnyRole, type Caller } from '../../auth/index.js';
import { Problem } from '../../platform/problem/index.js';
import { CREDITS_PROBLEMS } from '../credits.problems.js';

/** The user whose credits are read, and what the caller can read of them. */
export interface CreditsSubject {
  readonly userId: string;
  /** Whether it is the caller, who need not be recorded; any other user must be. */
  readonly isCaller: boolean;
  /** Whether free texts are shown. Users do not see texts about themselves, only callers who can read all users. */
  readonly showsReasons: boolean;
}

/**
 * Determines the user whose credits are read: the caller, or any user if the caller can read all users.
 *
 * @param userId the requested user; the caller if absent
 * @throws Problem 404 for another user, the same as for one who does not exist
 */
export function creditsSubject(userId: string | undefined, caller: Caller): CreditsSubject {
  const showsReasons = hasAnyRole(caller, 'finance', 'admin', 'platform');
  const isCaller = userId === undefined || userId === caller.id;
  if (!isCaller && !showsReasons) throw userNotFound(userId, { type: 'user', id: userId });
  return { userId: userId ?? caller.id, isCaller, showsReasons };
}

/** The same problem for a user who does not exist and for one whose credits the caller cannot read. */
export function userNotFound(userId: string, attemptOn?: { type: string; id: string }): Problem {
  return new Problem(
    CREDITS_PROBLEMS.USER_NOT_FOUND,
    `There is no user ${userId} whose credits you can read. Remove userId to read your own.`,
    { attemptOn },
  );
}
