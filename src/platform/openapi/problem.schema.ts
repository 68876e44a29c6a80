import type { ProblemKind } from '../problem/index.js';

/** Where the schema of a problem document stands in the OpenAPI document. */
export const PROBLEM_SCHEMA_REF = '#/components/schemas/Problem';
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** The `type` of a kind of problem (RFC 9457, 3.1.1): a name, not an address to fetch. */
export function problemType(kind: ProblemKind): string {
  return `urn:problem:${kind.code}`;
}
