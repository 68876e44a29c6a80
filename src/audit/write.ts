import type { Caller } from '../auth/index.js';
import type { IdempotencyKey } from '../platform/idempotency/index.js';
import type { AuditDetails } from './audit-event.js';

/** A change that somebody asks for: who, what, and by which request. Routes get it from `@CurrentWrite()`. */
export interface Write {
  readonly caller: Pick<Caller, 'id' | 'roles'>;
  /** Name of the action: `modules.create`. */
  readonly action: string;
  /** The kind of thing that it acts on: `module`; null where it acts on no single thing. */
  readonly targetType: string | null;
  readonly requestId: string;
  /** Null: none was sent, or the route does not honour it. */
  readonly idempotencyKey: IdempotencyKey | null;
  /** When the caller began to wait, by `performance.now()`; absent: when the write begins. */
  readonly since_ms?: number;
  /** What it locks, as far as that is known before: writes of one line are made one after the other. */
  readonly line?: string;
}

/** What a change came to: the answer, and what the audit says of it. */
export interface WriteOutcome<Body> {
  /** A 2xx status. */
  readonly status: number;
  /** Sent as JSON. */
  readonly body: Body;
  /** Those that belong to the answer and to its replay: ETag, Location. */
  readonly headers?: Readonly<Record<string, string>>;
  /** `known`: it was so already, and nothing changed. */
  readonly outcome: 'done' | 'known';
  /** Id of what was acted on. */
  readonly targetId: string | null;
  readonly details?: AuditDetails;
  /** Whose e-mail, name or free text the body shows: erasing that person erases the kept answer too. */
  readonly personId?: string;
  /** True where the work has run `recordingOf(write, outcome, ...)` within a statement of its own. */
  readonly isRecorded?: boolean;
}

/** The answer to a write, the first one or a replay of it. */
export interface Answer<Body> {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
  /** Whether nothing was done, as the same request with this key was answered before. */
  readonly isReplay: boolean;
}
