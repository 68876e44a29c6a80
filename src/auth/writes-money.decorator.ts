import { applyDecorators, SetMetadata } from '@nestjs/common';
import type { Request } from 'express';
import { ApiProblems } from '../platform/openapi/api-problems.decorator.js';
import { AUTH_PROBLEMS } from './auth.problems.js';

const WRITES_MONEY = Symbol('writes-money');

/** Whether a request writes money, determined by path and parameters, because its body is not read yet. */
type When = (request: Request) => boolean;

/**
 * Marks a route that writes credits or money. The access guard refuses it to callers who receive revenue, with 403
 * AUTH.OWN_INTEREST, before the body is read.
 *
 * @param when which requests of the route write money; default: all of them
 * @example `@WritesMoney()`, `@WritesMoney(({ params }) => params.key === 'partnerRevenueShare')`
 */
export function WritesMoney(when: When = () => true): MethodDecorator {
  return applyDecorators(SetMetadata(WRITES_MONEY, when), ApiProblems(AUTH_PROBLEMS.OWN_INTEREST));
}

/** Whether this request to the handler's route writes money. */
export function writesMoney(handler: object, request: Request): boolean {
  const when = Reflect.getMetadata(WRITES_MONEY, handler) as When | undefined;
  return when?.(request) ?? false;
}
