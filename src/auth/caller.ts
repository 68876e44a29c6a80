import type { Role } from '../domain/index.js';

/** Who calls, as the verified token says; nothing of it is looked up. */
export interface Caller {
  /** The token's `sub`: the user's id on the platform. It need not be stored here. */
  readonly id: string;
  /** Known roles only; empty for a token whose roles this service does not know. */
  readonly roles: ReadonlySet<Role>;
  /** Which claims of the token were read for roles, and what they hold: a sentence, for whom a role is missing. */
  readonly rolesAccount: string;
  /**
   * Whose modules are the caller's own: the claim `partnerId`, or else its `sub`; null unless it has the role
   * `partner`.
   */
  readonly partnerId: string | null;
  /**
   * As which partner the caller earns: the claim `partnerId`, whatever its roles, or its `sub` with the role `partner`.
   * Null: it earns nothing.
   */
  readonly earnsAs: string | null;
}

/** Whether the caller has at least one of these roles. */
export function hasAnyRole(caller: Caller, ...roles: readonly Role[]): boolean {
  return roles.some((role) => caller.roles.has(role));
}

/** Whether the caller reads everything of everybody (finance, admin), even when it is a partner as well. */
export function isGlobalReader(caller: Caller): boolean {
  return hasAnyRole(caller, 'finance', 'admin');
}
