import type { FieldError, Problem, ProblemKind } from './problem.js';

/** Media type of a problem document (RFC 9457, 3). */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** A problem as callers receive it (RFC 9457, 3.1), with this service's own members. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly errors?: readonly FieldError[];
  readonly requestId: string;
  readonly [extra: string]: unknown;
}

/** The `type` of a kind of problem (RFC 9457, 3.1.1): a name, not an address to fetch. */
function problemType(kind: ProblemKind): string {
  return `urn:problem:${kind.code}`;
}

/** The document of one occurrence; an extra member never replaces a member of RFC 9457. */
export function problemDocument(problem: Problem, requestId: string): ProblemDocument {
  const { kind, detail, errors, extra } = problem;
  return {
    ...extra,
    type: problemType(kind),
    title: kind.title,
    status: kind.status,
    detail,
    code: kind.code,
    ...(errors === undefined ? {} : { errors }),
    requestId,
  };
}
