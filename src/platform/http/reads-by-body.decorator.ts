import {
  applyDecorators,
  HttpCode,
  HttpStatus,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { Request } from 'express';
import { catchError, type Observable } from 'rxjs';
import { Problem } from '../problem/index.js';
import { markAsRead } from './compressed-json.js';
import { BodyLimit } from './route-formats.js';

const QUERY_PREFIX = /\bquery\.(?=\w)/g;

/**
 * Marks the request as a read, and rewrites field names of errors: the feature names parameters of the address, which are
 * fields of the body here.
 */
class BehavesAsGet implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    markAsRead(context.switchToHttp().getRequest<Request>());
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
 * Marks a read by POST: it accepts in its body the parameters that the GET route accepts in its address, for input that
 * is too long for an address. It answers 200, and its errors name fields of the body.
 *
 * @param limits maximum size of the body
 */
export function ReadsByBody(limits: { maxBytes: number }): MethodDecorator {
  return applyDecorators(HttpCode(HttpStatus.OK), BodyLimit(limits.maxBytes), UseInterceptors(BehavesAsGet));
}
