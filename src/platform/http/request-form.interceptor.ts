import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import type { Observable } from 'rxjs';
import { Problem, type FieldError } from '../problem/index.js';
import { VALIDATION_PROBLEMS } from '../validation/index.js';
import { declareUpload } from './draining.js';
import { HTTP_PROBLEMS } from '../problem/http.problems.js';
import { parseQueryString } from './query-string.js';
import { assertBodyFormat, hasBody, readJsonBody } from './request-body.js';
import {
  BODY_LIMIT,
  BODY_STREAM,
  DEFAULT_BODY_LIMIT_BYTES,
  JSON_TYPE,
  PRODUCED_TYPES,
  type BodyStreamFormat,
} from './route-formats.js';

const BODILESS_METHODS = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS']);

/**
 * Checks the form of a request: parameters, then accepted formats, then the body, which it reads. Nest runs
 * interceptors after guards, so token and role are checked first (docs/contract.md, "Callers"), and a request without
 * them cannot make the service read a body.
 */
@Injectable()
export class RequestFormInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    assertParameters(request, hasParameter(context, RouteParamtypes.QUERY));
    this.assertAcceptable(context, request);
    await this.readBody(context, request, http.getResponse<Response>());
    return next.handle();
  }

  private assertAcceptable(context: ExecutionContext, request: Request): void {
    const handler = context.getHandler();
    const types = this.reflector.get<readonly string[] | undefined>(PRODUCED_TYPES, handler) ?? [JSON_TYPE];
    if (request.accepts([...types]) === false) {
      throw new Problem(
        HTTP_PROBLEMS.NOT_ACCEPTABLE,
        `This route answers with ${types.join(' or ')}. Accept one of these formats in the header Accept.`,
      );
    }
  }

  private async readBody(context: ExecutionContext, request: Request, response: Response): Promise<void> {
    if (BODILESS_METHODS.has(request.method)) {
      return;
    }
    const handler = context.getHandler();
    const stream = this.reflector.get<BodyStreamFormat | undefined>(BODY_STREAM, handler);
    if (stream) {
      assertBodyFormat(request, stream);
      declareUpload(request);
      return;
    }
    const limit = this.reflector.get<number | undefined>(BODY_LIMIT, handler) ?? DEFAULT_BODY_LIMIT_BYTES;
    const body = hasBody(request) ? await readJsonBody(request, response, limit) : undefined;
    if (!hasParameter(context, RouteParamtypes.BODY) && !isEmptyObject(body ?? {})) {
      throw new Problem(
        VALIDATION_PROBLEMS.INVALID,
        'This route does not accept a body. Send the request without one.',
        {
          errors: [{ field: 'body', message: 'must be absent or empty' }],
        },
      );
    }
    request.body = body;
  }
}

/** Whether the handler has a parameter of this kind (`@Query()`, `@Body()`). */
function hasParameter(context: ExecutionContext, kind: RouteParamtypes): boolean {
  const parameters = (Reflect.getMetadata(
    ROUTE_ARGS_METADATA,
    context.getClass(),
    context.getHandler().name,
  ) ?? {}) as Record<string, unknown>;
  return Object.keys(parameters).some((key) => key.startsWith(`${kind}:`));
}

function assertParameters(request: Request, takesQuery: boolean): void {
  const start = request.originalUrl.indexOf('?');
  const { values, errors } = parseQueryString(start < 0 ? '' : request.originalUrl.slice(start + 1));
  const unknown: FieldError[] = takesQuery
    ? []
    : Object.keys(values).map((name) => ({ field: `query.${name}`, message: 'is not a known parameter' }));
  const all = [...errors, ...unknown];
  if (all.length > 0) {
    const [first] = all;
    throw new Problem(VALIDATION_PROBLEMS.INVALID, `${first?.field} ${first?.message}.`, { errors: all });
  }
}

function isEmptyObject(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0
  );
}
