import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { Caller } from './caller.js';

/** A request that has come to the access guard. */
export interface AuthenticatedRequest extends Request {
  /** Absent on public routes, and before the token was found good. */
  caller?: Caller;
  /** The method that answers, so that what its decorators say can be read even where the guard refused it. */
  handler?: object;
}

/**
 * Gives a handler the caller that its token names.
 *
 * @throws Error on a route with `@Access(PUBLIC)`, where there is none: a mistake in the code, not of the caller
 */
export const CurrentCaller = createParamDecorator((_data: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!caller) {
    throw new Error(`${context.getClass().name}.${context.getHandler().name} is public and has no caller.`);
  }
  return caller;
});
