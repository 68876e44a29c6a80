/** One kind of error that a route can answer with: an entry of a feature's catalogue (`*.problems.ts`). */
export interface ProblemKind {
  /** Stable code for programs, for example `CREDITS.INSUFFICIENT`; it never changes. */
  readonly code: string;
  /** HTTP status of the answer. */
  readonly status: number;
  /** Short text, the same for every occurrence (RFC 9457 `title`). */
  readonly title: string;
  /** The field, parameter or header that is always at fault; it is reported if an occurrence names none. */
  readonly field?: string;
  /** Example of its members beyond those of RFC 9457, for the OpenAPI document. */
  readonly extraExample?: Readonly<Record<string, string>>;
}

/** A refused field of the input and how to correct it. */
export interface FieldError {
  /** Path to the field, parameter or header: `creditCost`, `roles[0]`, `query.startDate`, `header.Host`, `path`, `body`. */
  readonly field: string;
  /** What is wrong and what is valid instead, for the person who has to correct it. */
  readonly message: string;
}

/** A resource of another owner that was requested. */
export interface ForeignThing {
  /** `user`, `module`, `deployment`. */
  readonly type: string;
  /** Null if the id is unknown. */
  readonly id: string | null;
}

/** Details of one occurrence of a kind. */
export interface ProblemDetails {
  readonly errors?: readonly FieldError[];
  /** Members of the problem document beyond those of RFC 9457, such as `required` and `available` of a 402. */
  readonly extra?: Readonly<Record<string, string | number | null>>;
  /** Response headers, such as `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * The requested resource of another owner. Only the audit gets it, never the caller. A 403 is always audited, with
   * this resource if it is set; a 404 that hides a resource is audited only if this is set.
   */
  readonly attemptOn?: ForeignThing;
  readonly cause?: unknown;
}

/**
 * The only error that features throw at their callers. The HTTP layer converts it to `application/problem+json` (RFC
 * 9457), the command line to one line of text.
 *
 * @example throw new Problem(MODULES_PROBLEMS.NOT_FOUND, `There is no module ${id}.`);
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly errors: readonly FieldError[] | undefined;
  readonly extra: Readonly<Record<string, string | number | null>> | undefined;
  readonly headers: Readonly<Record<string, string>> | undefined;
  readonly attemptOn: ForeignThing | undefined;

  /** @param detail what happened and what to do about it: a sentence without secrets or data of other users */
  constructor(
    readonly kind: ProblemKind,
    readonly detail: string,
    details: ProblemDetails = {},
  ) {
    super(detail, details.cause === undefined ? undefined : { cause: details.cause });
    const { field } = kind;
    this.errors = details.errors ?? (field === undefined ? undefined : [{ field, message: detail }]);
    this.extra = details.extra;
    this.headers = details.headers;
    this.attemptOn = details.attemptOn;
  }
}
