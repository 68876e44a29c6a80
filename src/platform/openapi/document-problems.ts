import { HTTP_PROBLEMS } from '../problem/http.problems.js';
import type { ProblemKind } from '../problem/index.js';
import { VALIDATION_PROBLEMS } from '../validation/validation.problems.js';
import { PROBLEM_EXTENSION_PREFIX } from './api-problems.decorator.js';
import { problemResponse } from './problem-response.js';
import type { Operation } from './schemas.js';

/** Adds one response to an operation for each status of its own problems and of the problems of the HTTP layer. */
export function documentProblems(operation: Operation): void {
  const kinds = [...takeOwnKinds(operation), ...kindsOfHttpLayer(operation)].sort((left, right) =>
    left.status === right.status ? (left.code < right.code ? -1 : 1) : left.status - right.status,
  );
  for (const status of new Set(kinds.map((kind) => kind.status))) {
    const ofStatus = new Map(kinds.filter((kind) => kind.status === status).map((kind) => [kind.code, kind]));
    operation.responses[String(status)] = problemResponse([...ofStatus.values()]);
  }
}

/** Removes and returns the kinds that `@ApiProblems` stored on the operation. */
function takeOwnKinds(operation: Operation): ProblemKind[] {
  const members = operation as unknown as Record<string, unknown>;
  return Object.keys(members)
    .filter((name) => name.startsWith(PROBLEM_EXTENSION_PREFIX))
    .map((name) => {
      const kind = members[name] as ProblemKind;
      delete members[name];
      return kind;
    });
}

function kindsOfHttpLayer({ requestBody, security }: Operation): ProblemKind[] {
  const content = requestBody?.content ?? {};
  return [
    VALIDATION_PROBLEMS.INVALID, // every route refuses unknown parameters
    HTTP_PROBLEMS.BAD_REQUEST, // an address or a body with a broken encoding
    HTTP_PROBLEMS.NOT_ACCEPTABLE,
    HTTP_PROBLEMS.ADDRESS_TOO_LONG,
    HTTP_PROBLEMS.HEADERS_TOO_LARGE,
    ...('application/json' in content ? [HTTP_PROBLEMS.CONTENT_TOO_LARGE] : []), // a stream has no size limit
    ...(requestBody ? [HTTP_PROBLEMS.UNSUPPORTED_MEDIA_TYPE] : []),
    ...(requestBody ? [HTTP_PROBLEMS.OUTCOME_UNKNOWN] : []), // for writes
    ...(security?.length || requestBody ? [HTTP_PROBLEMS.UNAVAILABLE] : []), // these need the database
  ];
}
