import { applyDecorators, SetMetadata } from '@nestjs/common';

/** Metadata key by which the access guard knows a route that needs no token. */
export const PUBLIC_ROUTE = Symbol('public-route');

/**
 * Lets everyone call the route or the whole controller, without a token. It lives in the platform so that health
 * and metrics, which know no feature, can say so; features write `@Access(PUBLIC)`, which means the same.
 */
export function PublicRoute(): ClassDecorator & MethodDecorator {
  return applyDecorators(SetMetadata(PUBLIC_ROUTE, true));
}
