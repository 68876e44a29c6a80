/** One kind of error that a route can answer with: an entry of a feature's catalogue (`*.problems.ts`). */
export interface ProblemKind {
  /** Stable, machine-readable: `CREDITS.INSUFFICIENT`. Clients may switch on it; it never changes. */
  readonly code: string;
  /** HTTP status that it is answered with. */
  readonly status: number;
  /** Short and the same for every occurrence (RFC 9457 `title`). */
  readonly title: string;
  /** The field, parameter or header that is always the one at fault; it is told where an occurrence names none. */
  readonly field?: string;
  /** An example of the members that it has beyond RFC 9457's own, for the OpenAPI document. */
  readonly extraExample?: Readonly<Record<string, string>>;
}

/** One field of the input that was refused, and what to change about it. */
export interface FieldError {
  /** Path to the field, parameter or header: `creditCost`, `roles[0]`, `query.startDate`, `header.Host`, `path`, `body`. */
  readonly field: string;
  /** What is wrong and what would be right, for the person who has to change it. */
  readonly message: string;
}

/** A thing of somebody else's that was asked for. */
export interface ForeignThing {
  /** `user`, `module`, `deployment`. */
  readonly type: string;
  /** Null: nobody knows which. */
  readonly id: string | null;
}

/** What one occurrence adds to its kind. */
export interface ProblemDetails {
  readonly errors?: readonly FieldError[];
  /** Members of the problem document beyond RFC 9457's own, such as `required` and `available` of a 402. */
  readonly extra?: Readonly<Record<string, string | number | null>>;
  /** Response headers, such as `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * What of somebody else's was asked for. The caller is never told; the audit is. A 403 is audited anyway; this makes
   * it name the thing, and audits a 404 that hides one.
   */
  readonly attemptOn?: ForeignThing;
  readonly cause?: unknown;
}

/**
 * The only error that features throw at their callers; the HTTP door turns it into `application/problem+json`
 * (RFC 9457), the command line into one line of text.
 *
 * @example throw new Problem(MODULES_PROBLEMS.NOT_FOUND, `There is no module ${id}.`);
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly errors: readonly FieldError[] | undefined;
  readonly extra: Readonly<Record<string, string | number | null>> | undefined;
  readonly headers: Readonly<Record<string, string>> | undefined;
  readonly attemptOn: ForeignThing | undefined;

  /** @param detail what happened this time and what to do about it: a sentence, without secrets or foreign data */
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
