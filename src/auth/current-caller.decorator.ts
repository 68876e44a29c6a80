import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { Caller } from './caller.js';

/** A request that has reached the access guard. */
export interface AuthenticatedRequest extends Request {
  /** Absent on public routes, and until the token was verified. */
  caller?: Caller;
  /** The handler, so that its decorators can be read even if the guard refused the request. */
  handler?: object;
}

/**
 * Parameter decorator: the caller of the token.
 *
 * @throws Error on a route with `@Access(PUBLIC)`, which has no caller: a mistake in the code
 */
export const CurrentCaller = createParamDecorator((_data: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!caller) {
    throw new Error(`${context.getClass().name}.${context.getHandler().name} is public and has no caller.`);
  }
  return caller;
});
