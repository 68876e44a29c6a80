/** How a request can fail. */

/** The parts of a problem document (application/problem+json) that the page uses. */
export interface ProblemDocument {
  readonly title?: string;
  readonly detail?: string;
  readonly code?: string;
  readonly requestId?: string;
}

/** An error response of the service. */
export class Refusal extends Error {
  readonly title: string;
  readonly code: string;
  readonly requestId: string;

  /** @param pause_s how long the service asks to wait before a retry; 0: not stated */
  constructor(
    readonly status: number,
    { title = 'Something went wrong', detail = '', code = '', requestId = '' }: ProblemDocument,
    readonly pause_s = 0,
  ) {
    super(detail || title);
    this.title = title;
    this.code = code;
    this.requestId = requestId;
  }
}

/** The service could not be reached, or its response was lost. */
export class Unreachable extends Error {}

/**
 * Whether the service refused the write, so that nothing was changed. After any other error the write may have
 * succeeded, so the page must read the data again.
 */
export function isRefused(error: unknown): error is Refusal {
  return error instanceof Refusal && error.status < 500 && error.code !== '';
}

/** Whether the request was only aborted, because its response is not needed any more. */
export function isAborted(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}
