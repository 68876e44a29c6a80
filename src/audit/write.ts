import type { Caller } from '../auth/index.js';
import type { IdempotencyKey } from '../platform/idempotency/index.js';
import type { AuditDetails } from './audit-event.js';

/** A requested change: caller, action and request. Routes get it from `@CurrentWrite()`. */
export interface Write {
  readonly caller: Pick<Caller, 'id' | 'roles'>;
  /** Name of the action: `modules.create`. */
  readonly action: string;
  /** Kind of target: `module`; null if there is no single target. */
  readonly targetType: string | null;
  readonly requestId: string;
  /** Null if none was sent, or if the route does not support it. */
  readonly idempotencyKey: IdempotencyKey | null;
  /** When the caller began to wait, by `performance.now()`; default: when the write begins. */
  readonly since_ms?: number;
  /**
   * Key of the queue, if the row that the write locks is known before: writes with the same key run one after the
   * other.
   */
  readonly line?: string;
}

/** Result of a change: the answer and the data for the audit. */
export interface WriteOutcome<Body> {
  /** A 2xx status. */
  readonly status: number;
  /** Sent as JSON. */
  readonly body: Body;
  /** Headers of the answer and its replay: ETag, Location. */
  readonly headers?: Readonly<Record<string, string>>;
  /** `known`: nothing changed, because it was already so. */
  readonly outcome: 'done' | 'known';
  /** Id of the target. */
  readonly targetId: string | null;
  readonly details?: AuditDetails;
  /** The person whose e-mail, name or free text is in the body: erasing the person deletes the kept answer too. */
  readonly personId?: string;
  /** True if the work has recorded the event itself, in a transaction of its own; only the answer is to be kept. */
  readonly isAudited?: boolean;
  /** True if the work has run `recordingOf(write, outcome, ...)` in its own statement. */
  readonly isRecorded?: boolean;
}

/** The answer to a write: the first one or a replay. */
export interface Answer<Body> {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
  /** Whether nothing was done, because the same request with this key was answered before. */
  readonly isReplay: boolean;
}
