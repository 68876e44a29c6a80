import { applyDecorators, SetMetadata } from '@nestjs/common';

/** Metadata key that marks a route without a token for the access guard. */
export const PUBLIC_ROUTE = Symbol('public-route');

/**
 * Makes a route or a whole controller accessible without a token. It is in the platform, because health and metrics
 * cannot import features; features use `@Access(PUBLIC)`, which means the same.
 */
export function PublicRoute(): ClassDecorator & MethodDecorator {
  return applyDecorators(SetMetadata(PUBLIC_ROUTE, true));
}
