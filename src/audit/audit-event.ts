/** What became of what somebody asked for. */
export const AUDIT_OUTCOMES = ['done', 'known', 'refused'] as const;

/** `done`: something changed; `known`: all was so already; `refused`: the caller may not. */
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

/**
 * Small facts beside the action, such as what a variable was before. Ids, codes, counts and settings only: never
 * anything personal (e-mail, name, free text) or secret, as an event can never be changed again. At most 4 kB as JSON.
 */
export type AuditDetails = Readonly<
  Record<string, string | number | boolean | null | readonly string[] | Readonly<Record<string, number>>>
>;

/** What was acted on. */
export interface AuditTarget {
  /** The kind of thing: `user`, `module`, `deployment`; null where the action says it. */
  readonly type: string | null;
  readonly id: string;
}

/** Who did what to what, by which request, and what came of it; when is the database's to say. */
export interface AuditEvent {
  /** Null: nobody knows, as in an attempt to sign in that failed. */
  readonly actor: { readonly id: string; readonly roles: Iterable<string> } | null;
  /** `modules.create`; a refused read is named by its route: `GET /api/revenue/{deploymentId}`. */
  readonly action: string;
  readonly target: AuditTarget | null;
  readonly requestId: string;
  readonly outcome: AuditOutcome;
  readonly details?: AuditDetails;
}
