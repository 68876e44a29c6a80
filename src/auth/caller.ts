import type { Role } from '../domain/index.js';

/** The caller, from the claims of the verified token; nothing is read from the database. */
export interface Caller {
  /** The token's `sub`: the user's id on the platform. It need not be stored here. */
  readonly id: string;
  /** Known roles only; empty for a token whose roles this service does not know. */
  readonly roles: ReadonlySet<Role>;
  /** Sentences about the claims that were read for roles and their values, for a caller who lacks a role. */
  readonly rolesAccount: string;
  /**
   * The partner whose modules the caller owns: the claim `partnerId`, otherwise the `sub`; null without the role
   * `partner`.
   */
  readonly partnerId: string | null;
  /**
   * The partner as which the caller receives revenue: the claim `partnerId` with any roles, or the `sub` with the role
   * `partner`. Null if the caller receives none.
   */
  readonly earnsAs: string | null;
}

/** Whether the caller has at least one of these roles. */
export function hasAnyRole(caller: Caller, ...roles: readonly Role[]): boolean {
  return roles.some((role) => caller.roles.has(role));
}

/** Whether the caller can read the data of all users (finance, admin), even if it is also a partner. */
export function isGlobalReader(caller: Caller): boolean {
  return hasAnyRole(caller, 'finance', 'admin');
}
