import { applyDecorators, SetMetadata } from '@nestjs/common';
import type { Request } from 'express';
import { ApiProblems } from '../platform/openapi/api-problems.decorator.js';
import { AUTH_PROBLEMS } from './auth.problems.js';

const WRITES_MONEY = Symbol('writes-money');

/** Whether a request writes money, by its path and parameters: its body is not read yet. */
type When = (request: Request) => boolean;

/**
 * Marks a route that writes credits or money. The access guard refuses it to a caller who earns, with 403
 * AUTH.OWN_INTEREST, before the body is read.
 *
 * @param when which requests of the route write money; absent: all of them
 * @example `@WritesMoney()`, `@WritesMoney(({ params }) => params.key === 'partnerRevenueShare')`
 */
export function WritesMoney(when: When = () => true): MethodDecorator {
  return applyDecorators(SetMetadata(WRITES_MONEY, when), ApiProblems(AUTH_PROBLEMS.OWN_INTEREST));
}

/** Whether the handler's route writes money with this request. */
export function writesMoney(handler: object, request: Request): boolean {
  const when = Reflect.getMetadata(WRITES_MONEY, handler) as When | undefined;
  return when?.(request) ?? false;
}
