import type { Type } from '@nestjs/common';
import { PUBLIC_ROUTE } from '../platform/http/index.js';
import { ACCESS_RULE, PUBLIC, type AccessRule } from './access.decorator.js';

/**
 * Who may call a route: what `@Access` (or `@PublicRoute`) says of the handler, or else of its controller.
 *
 * @returns null where nothing is said, which means nobody
 */
export function accessRuleOf(handler: object, controller: Type): AccessRule | typeof PUBLIC | null {
  for (const target of [handler, controller]) {
    const rule = Reflect.getMetadata(ACCESS_RULE, target) as AccessRule | undefined;
    if (rule !== undefined) return rule;
    if (Reflect.getMetadata(PUBLIC_ROUTE, target) === true) return PUBLIC;
  }
  return null;
}
