import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';
import { PublicRoute } from '../platform/http/public-route.js';
import { ApiProblems } from '../platform/openapi/api-problems.decorator.js';
import { AUTH_PROBLEMS } from './auth.problems.js';
import { ROLES, type Role } from '../domain/index.js';

/** Every known role may call. */
export const ANY_ROLE = 'any-role';
/** Everyone with a valid token may call, even with no role that this service knows. */
export const AUTHENTICATED = 'authenticated';
/** No token is needed. */
export const PUBLIC = 'public';

/** Metadata key of the rule that `@Access` leaves for the guard. */
export const ACCESS_RULE = Symbol('access-rule');
/** Name of the security scheme in the OpenAPI document. */
const BEARER_SCHEME = 'bearer';

/** Who may call a route that needs a token: anybody whom the token names, or holders of one of these roles. */
export type AccessRule = typeof AUTHENTICATED | ReadonlySet<Role>;

/**
 * Says who may call a route (or all routes of a controller), in one place for the guard and for the OpenAPI
 * document. A route without it is refused, and the service does not start.
 *
 * @example
 *   `@Access('admin', 'finance')` one of these roles; `@Access(ANY_ROLE)` any known role;
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
