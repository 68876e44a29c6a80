import { HttpException } from '@nestjs/common';
import { Problem, type FieldError, type ProblemKind } from '../problem/index.js';
import { VALIDATION_PROBLEMS } from '../validation/index.js';
import { databaseFailure } from './database-failure.js';
import { HTTP_PROBLEMS } from '../problem/http.problems.js';

const RETRY_AFTER_SECONDS = 2;

/** Answers for errors of libraries, by status. Their own messages are only logged. */
const BY_STATUS: ReadonlyMap<number, readonly [kind: ProblemKind, detail: string]> = new Map([
  [
    400,
    [HTTP_PROBLEMS.BAD_REQUEST, 'The address or the body of the request is malformed. Check their syntax.'],
  ],
  [
    404,
    [
      HTTP_PROBLEMS.ROUTE_NOT_FOUND,
      'There is no route at this address. The OpenAPI document lists all routes.',
    ],
  ],
  [408, [HTTP_PROBLEMS.REQUEST_TIMEOUT, 'The request did not arrive in time. Send it again.']],
  [
    412,
    [
      HTTP_PROBLEMS.PRECONDITION_FAILED,
      'The resource has another version than If-Match or If-Unmodified-Since requires. Leave the header out.',
    ],
  ],
  [413, [HTTP_PROBLEMS.CONTENT_TOO_LARGE, 'The body is longer than this route accepts. Send less at once.']],
  [415, [HTTP_PROBLEMS.UNSUPPORTED_MEDIA_TYPE, 'The body must be uncompressed JSON in UTF-8.']],
  [429, [HTTP_PROBLEMS.TOO_MANY_REQUESTS, 'There were too many attempts. Wait before the next one.']],
  [503, [HTTP_PROBLEMS.UNAVAILABLE, 'The service cannot answer now. Try again in a few seconds.']],
] satisfies (readonly [number, readonly [ProblemKind, string]])[]);

/** Converts any error to the problem for the caller; an error with unknown cause becomes a 500. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) {
    return error;
  }
  const failure = databaseFailure(error);
  if (failure !== null) {
    return ofDatabase(failure, error);
  }
  const known = BY_STATUS.get(statusOf(error) ?? 500);
  if (known) {
    const [kind, detail] = known;
    return new Problem(kind, detail, {
      cause: error,
      headers: headersOf(kind),
      ...(kind === HTTP_PROBLEMS.BAD_REQUEST ? { errors: [brokenPart(error)] } : {}),
    });
  }
  return new Problem(
    HTTP_PROBLEMS.INTERNAL,
    'The service failed; the request may be correct. Report the requestId to the operator.',
    { cause: error },
  );
}

/** Errors of the body parser have a `type`; errors of the router, which reads the path, have none. */
function brokenPart(error: unknown): FieldError {
  const { type } = error as { type?: unknown };
  return typeof type === 'string'
    ? { field: 'body', message: 'must have the length and the encoding that its headers declare' }
    : { field: 'path', message: 'has an escape that is not UTF-8; write a literal percent sign as %25' };
}

function ofDatabase(failure: NonNullable<ReturnType<typeof databaseFailure>>, cause: unknown): Problem {
  switch (failure) {
    case 'unavailable':
      return new Problem(
        HTTP_PROBLEMS.UNAVAILABLE,
        'The database cannot be reached. Try again in a few seconds.',
        {
          cause,
          headers: headersOf(HTTP_PROBLEMS.UNAVAILABLE),
        },
      );
    case 'outcome-unknown':
      return new Problem(
        HTTP_PROBLEMS.OUTCOME_UNKNOWN,
        'The database stopped answering while it stored the change, so it is unknown whether the change was made. Send the same request again with the same Idempotency-Key or the same id: the change is made only once.',
        {
          cause,
          headers: headersOf(HTTP_PROBLEMS.UNAVAILABLE),
        },
      );
    case 'busy':
      return new Problem(
        HTTP_PROBLEMS.UNAVAILABLE,
        'Other requests changed the same data for too long. Send the request again.',
        {
          cause,
          headers: headersOf(HTTP_PROBLEMS.UNAVAILABLE),
        },
      );
    case 'bad-value':
      return new Problem(
        VALIDATION_PROBLEMS.INVALID,
        'A value cannot be stored. Check the values of the request.',
        { cause, errors: [{ field: 'request', message: 'contains a value that cannot be stored' }] },
      );
    case 'collision':
      return new Problem(
        HTTP_PROBLEMS.CONFLICT,
        'Another request wrote the same data. Read it, then try again.',
        {
          cause,
        },
      );
  }
}

function headersOf(kind: ProblemKind): Record<string, string> | undefined {
  return kind === HTTP_PROBLEMS.UNAVAILABLE ? { 'Retry-After': String(RETRY_AFTER_SECONDS) } : undefined;
}

/** The status that Nest or an Express middleware (http-errors) set on the error. */
function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) {
    return error.getStatus();
  }
  const { status, expose } = (error ?? {}) as { status?: unknown; expose?: unknown };
  // http-errors marks errors for the caller with `expose`; express's own URIError has only the status.
  return typeof status === 'number' && (expose === true || error instanceof URIError) ? status : undefined;
}
