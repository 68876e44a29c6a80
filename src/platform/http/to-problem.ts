import { HttpException } from '@nestjs/common';
import { Problem, type FieldError, type ProblemKind } from '../problem/index.js';
import { VALIDATION_PROBLEMS } from '../validation/index.js';
import { databaseFailure } from './database-failure.js';
import { HTTP_PROBLEMS } from '../problem/http.problems.js';

const RETRY_AFTER_SECONDS = 2;

/** What libraries answer with, by status; their own words stay in the log, these go out. */
const BY_STATUS: ReadonlyMap<number, readonly [kind: ProblemKind, detail: string]> = new Map([
  [
    400,
    [HTTP_PROBLEMS.BAD_REQUEST, 'The address or the body of the request is broken; check how it is written.'],
  ],
  [
    404,
    [
      HTTP_PROBLEMS.ROUTE_NOT_FOUND,
      'This service has nothing at this address; its OpenAPI document lists all.',
    ],
  ],
  [408, [HTTP_PROBLEMS.REQUEST_TIMEOUT, 'The request did not arrive in time; send it again.']],
  [
    412,
    [
      HTTP_PROBLEMS.PRECONDITION_FAILED,
      'There is another version at this address than If-Match or If-Unmodified-Since asks for; leave the header out.',
    ],
  ],
  [413, [HTTP_PROBLEMS.CONTENT_TOO_LARGE, 'The body is longer than this address takes; send less at once.']],
  [415, [HTTP_PROBLEMS.UNSUPPORTED_MEDIA_TYPE, 'The body must be uncompressed JSON in UTF-8.']],
  [429, [HTTP_PROBLEMS.TOO_MANY_REQUESTS, 'There were too many attempts; wait before the next one.']],
  [503, [HTTP_PROBLEMS.UNAVAILABLE, 'The service cannot answer just now; try again in a few seconds.']],
] satisfies (readonly [number, readonly [ProblemKind, string]])[]);

/** Anything that was thrown, as the problem that the caller is told; what is nobody's fault but ours is a 500. */
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
    'Something went wrong inside the service; nothing is known to be wrong with the request. Tell its operator the requestId.',
    { cause: error },
  );
}

/** The parser of bodies gives each of its errors a `type`; the router, which reads the path, gives none. */
function brokenPart(error: unknown): FieldError {
  const { type } = error as { type?: unknown };
  return typeof type === 'string'
    ? { field: 'body', message: 'must have the length and the encoding that its headers tell' }
    : { field: 'path', message: 'has an escape that is no UTF-8 text; write a percent sign itself as %25' };
}

function ofDatabase(failure: NonNullable<ReturnType<typeof databaseFailure>>, cause: unknown): Problem {
  switch (failure) {
    case 'unavailable':
      return new Problem(
        HTTP_PROBLEMS.UNAVAILABLE,
        'The database is out of reach; try again in a few seconds.',
        {
          cause,
          headers: headersOf(HTTP_PROBLEMS.UNAVAILABLE),
        },
      );
    case 'outcome-unknown':
      return new Problem(
        HTTP_PROBLEMS.OUTCOME_UNKNOWN,
        'The database stopped answering while it stored the change, so it is not known whether it took place. Send the same request again, with the same Idempotency-Key or the same id: it takes place once.',
        {
          cause,
          headers: headersOf(HTTP_PROBLEMS.UNAVAILABLE),
        },
      );
    case 'busy':
      return new Problem(
        HTTP_PROBLEMS.UNAVAILABLE,
        'Others were changing the same thing for too long; send the request again.',
        {
          cause,
          headers: headersOf(HTTP_PROBLEMS.UNAVAILABLE),
        },
      );
    case 'bad-value':
      return new Problem(
        VALIDATION_PROBLEMS.INVALID,
        'A value is outside of what can be stored; check the request.',
        { cause, errors: [{ field: 'request', message: 'holds a value outside of what can be stored' }] },
      );
    case 'collision':
      return new Problem(
        HTTP_PROBLEMS.CONFLICT,
        'Another request wrote the same thing; read it, then try again.',
        {
          cause,
        },
      );
  }
}

function headersOf(kind: ProblemKind): Record<string, string> | undefined {
  return kind === HTTP_PROBLEMS.UNAVAILABLE ? { 'Retry-After': String(RETRY_AFTER_SECONDS) } : undefined;
}

/** The status that Nest or an Express middleware (http-errors) gave it. */
function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) {
    return error.getStatus();
  }
  const { status, expose } = (error ?? {}) as { status?: unknown; expose?: unknown };
  // http-errors marks what may be told to the caller; express's own URIError has only the status.
  return typeof status === 'number' && (expose === true || error instanceof URIError) ? status : undefined;
}
