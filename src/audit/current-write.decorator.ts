import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Response } from 'express';
import type { AuthenticatedRequest, Caller } from '../auth/index.js';
import { assignRequestId } from '../platform/http/index.js';
import { honoursIdempotencyKey, idempotencyKeyOf, type KeyOwner } from '../platform/idempotency/index.js';
import { auditedActionOf } from './audited-as.decorator.js';
import type { Write } from './write.js';

/** A write over HTTP and the response for its answer. */
export interface CurrentHttpWrite extends Write {
  readonly response: Response;
}

/**
 * Parameter decorator: the data of the request that `Writes` needs. The handler must declare its action with
 * `@AuditedAs`. The `Idempotency-Key` is used only if the handler has `@HonoursIdempotencyKey`.
 *
 * @throws Problem 400 if the key is malformed
 * @throws Error if the handler has no `@AuditedAs` or no caller, which is a mistake in the code
 */
export const CurrentWrite = createParamDecorator(
  (_data: unknown, context: ExecutionContext): CurrentHttpWrite => {
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const response = context.switchToHttp().getResponse<Response>();
    const handler = context.getHandler();
    const audited = auditedActionOf(handler);
    const { caller } = request;
    if (!caller || audited === null) {
      throw new Error(`${context.getClass().name}.${handler.name} has no caller or no @AuditedAs.`);
    }
    return {
      ...audited,
      caller,
      requestId: assignRequestId(request, response),
      idempotencyKey: honoursIdempotencyKey(handler) ? idempotencyKeyOf(request, ownerOf(caller)) : null,
      since_ms: performance.now(),
      response,
    };
  },
);

function ownerOf({ id, roles, earnsAs }: Caller): KeyOwner {
  return { id, rights: JSON.stringify([[...roles].sort(), earnsAs]) };
}
