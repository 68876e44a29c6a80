/** Outcomes of an attempted action. */
export const AUDIT_OUTCOMES = ['done', 'known', 'refused'] as const;

/**
 * `done`: something changed; `known`: nothing changed, because it was already so; `refused`: the caller lacks the
 * right.
 */
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

/**
 * Details of the action, such as the previous value of a variable. Only ids, codes, counts and settings: an event can
 * never be changed, so details must not contain personal data (e-mail, name, free text) or secrets. At most 4 kB as
 * JSON.
 */
export type AuditDetails = Readonly<
  Record<string, string | number | boolean | null | readonly string[] | Readonly<Record<string, number>>>
>;

/** The target of an action. */
export interface AuditTarget {
  /** Kind of target: `user`, `module`, `deployment`; null if the action implies it. */
  readonly type: string | null;
  readonly id: string;
}

/** One event: actor, action, target, request and outcome. The database sets the time. */
export interface AuditEvent {
  /** Null if the actor is unknown, as in a failed sign-in. */
  readonly actor: { readonly id: string; readonly roles: Iterable<string> } | null;
  /**
   * Name of the action, for example `modules.create`; for a refused read, its route: `GET /api/revenue/{deploymentId}`.
   */
  readonly action: string;
  readonly target: AuditTarget | null;
  readonly requestId: string;
  readonly outcome: AuditOutcome;
  readonly details?: AuditDetails;
}
