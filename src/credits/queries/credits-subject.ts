import { hasAnyRole, type Caller } from '../../auth/index.js';
import { Problem } from '../../platform/problem/index.js';
import { CREDITS_PROBLEMS } from '../credits.problems.js';

/** Whose credits are read, and how much of them the caller sees. */
export interface CreditsSubject {
  readonly userId: string;
  /** The caller itself, who need not be stored here; anybody else must be. */
  readonly isCaller: boolean;
  /** Whether free texts are shown: to those who may read everybody's; a user is not told what was noted about it. */
  readonly showsReasons: boolean;
}

/**
 * Decides whose credits a caller gets to see: its own, unless it may read everybody's.
 *
 * @param userId as asked for; absent: the caller
 * @throws Problem 404 for another's, exactly as for one who does not exist
 */
export function creditsSubject(userId: string | undefined, caller: Caller): CreditsSubject {
  const showsReasons = hasAnyRole(caller, 'finance', 'admin', 'platform');
  const isCaller = userId === undefined || userId === caller.id;
  if (!isCaller && !showsReasons) throw userNotFound(userId, { type: 'user', id: userId });
  return { userId: userId ?? caller.id, isCaller, showsReasons };
}

/** What anybody is told who asks for the credits of one who does not exist, or of one who is none of its business. */
export function userNotFound(userId: string, attemptOn?: { type: string; id: string }): Problem {
  return new Problem(
    CREDITS_PROBLEMS.USER_NOT_FOUND,
    `There is no user ${userId} whose credits you may see; leave userId out for your own.`,
    { attemptOn },
  );
}
