import {
  applyDecorators,
  HttpCode,
  HttpStatus,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { catchError, type Observable } from 'rxjs';
import { Problem } from '../problem/index.js';
import { BodyLimit } from './route-formats.js';

const QUERY_PREFIX = /\bquery\.(?=\w)/g;

/** Complaints of the feature name the parameter of an address; here it is a field of the body. */
class NamesFieldsOfBody implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      catchError((error: unknown) => {
        throw error instanceof Problem ? aboutBody(error) : error;
      }),
    );
  }
}

function aboutBody(problem: Problem): Problem {
  const { kind, detail, errors, extra, headers, attemptOn, cause } = problem;
  if (errors === undefined) return problem;
  return new Problem(kind, detail.replace(QUERY_PREFIX, ''), {
    errors: errors.map(({ field, message }) => ({ field: field.replace(QUERY_PREFIX, ''), message })),
    extra,
    headers,
    attemptOn,
    cause,
  });
}

/**
 * A read by POST, which takes in its body what a GET takes in its address, for what is too long for one: 200, and
 * complaints that name fields of the body.
 *
 * @param limits the longest body
 */
export function ReadsByBody(limits: { maxBytes: number }): MethodDecorator {
  return applyDecorators(
    HttpCode(HttpStatus.OK),
    BodyLimit(limits.maxBytes),
    UseInterceptors(NamesFieldsOfBody),
  );
}
