import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';
import { PublicRoute } from '../platform/http/public-route.js';
import { ApiProblems } from '../platform/openapi/api-problems.decorator.js';
import { AUTH_PROBLEMS } from './auth.problems.js';
import { ROLES, type Role } from '../domain/index.js';

/** Callers with any known role have access. */
export const ANY_ROLE = 'any-role';
/** Every caller with a valid token has access, even without a known role. */
export const AUTHENTICATED = 'authenticated';
/** No token is needed. */
export const PUBLIC = 'public';

/** Metadata key of the rule of `@Access`, for the guard. */
export const ACCESS_RULE = Symbol('access-rule');
/** Name of the security scheme in the OpenAPI document. */
const BEARER_SCHEME = 'bearer';

/** The access rule of a route with a token: any valid token, or one of these roles. */
export type AccessRule = typeof AUTHENTICATED | ReadonlySet<Role>;

/**
 * Declares who has access to a route (or to all routes of a controller), for both the guard and the OpenAPI document. A
 * route without it is refused, and the service does not start.
 *
 * @example `@Access('admin', 'finance')` one of these roles; `@Access(ANY_ROLE)` any known role;
 *   `@Access(AUTHENTICATED)` a valid token; `@Access(PUBLIC)` no token
 */
export function Access(
  ...who: readonly [typeof ANY_ROLE | typeof AUTHENTICATED | typeof PUBLIC] | readonly [Role, ...Role[]]
): ClassDecorator & MethodDecorator {
  const [first] = who;
  if (first === PUBLIC) {
    return PublicRoute();
  }
  if (first === AUTHENTICATED) {
    return applyDecorators(
      SetMetadata(ACCESS_RULE, AUTHENTICATED),
      ApiBearerAuth(BEARER_SCHEME),
      ApiProblems(AUTH_PROBLEMS.UNAUTHENTICATED),
    );
  }
  const roles = first === ANY_ROLE ? ROLES : (who as readonly Role[]);
  return applyDecorators(
    SetMetadata(ACCESS_RULE, new Set(roles)),
    ApiBearerAuth(BEARER_SCHEME),
    ApiExtension('x-roles', [...roles]),
    ApiProblems(AUTH_PROBLEMS.UNAUTHENTICATED, AUTH_PROBLEMS.FORBIDDEN),
  );
}
