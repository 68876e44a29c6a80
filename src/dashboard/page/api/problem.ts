/** How a request can fail. */

/** The parts of a problem document (application/problem+json) that the page uses. */
export interface ProblemDocument {
  readonly title?: string;
  readonly detail?: string;
  readonly code?: string;
  readonly requestId?: string;
  readonly errors?: readonly FieldError[];
}

/** What is wrong with one field of a request. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/** An error response of the service. */
export class Refusal extends Error {
  readonly title: string;
  readonly code: string;
  readonly requestId: string;
  readonly errors: readonly FieldError[];

  /** @param pause_s how long the service asks to wait before a retry; 0: not stated */
  constructor(
    readonly status: number,
    { title = 'Something went wrong', detail = '', code = '', requestId = '', errors = [] }: ProblemDocument,
    readonly pause_s = 0,
  ) {
    super(detail || title);
    this.title = title;
    this.code = code;
    this.requestId = requestId;
    this.errors = errors;
  }
}

/** The service could not be reached, or its response was lost. */
export class Unreachable extends Error {}

/** The same write is still under way: its first attempt took too long for the page, but not for the service. */
const IN_FLIGHT = 'IDEMPOTENCY.IN_FLIGHT';

/**
 * Whether the service refused the write, so that nothing was changed. After any other error the write may have
 * succeeded, so the page must read the data again.
 */
export function isRefused(error: unknown): error is Refusal {
  return error instanceof Refusal && error.status < 500 && error.code !== '' && error.code !== IN_FLIGHT;
}

/** Whether the request was only aborted, because its response is not needed any more. */
export function isAborted(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}
