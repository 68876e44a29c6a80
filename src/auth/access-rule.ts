import type { Type } from '@nestjs/common';
import { PUBLIC_ROUTE } from '../platform/http/index.js';
import { ACCESS_RULE, PUBLIC, type AccessRule } from './access.decorator.js';

/**
 * The access rule of a route: `@Access` (or `@PublicRoute`) of the handler, otherwise of its controller.
 *
 * @returns null if there is no rule, which means no access
 */
export function accessRuleOf(handler: object, controller: Type): AccessRule | typeof PUBLIC | null {
  for (const target of [handler, controller]) {
    const rule = Reflect.getMetadata(ACCESS_RULE, target) as AccessRule | undefined;
    if (rule !== undefined) return rule;
    if (Reflect.getMetadata(PUBLIC_ROUTE, target) === true) return PUBLIC;
  }
  return null;
}
