export { configureHttpApplication, HTTP_APPLICATION_OPTIONS } from './configure-http-application.js';
export { isOutOfReach } from './database-failure.js';
export { Draining, type DrainLimits } from './draining.js';
export { createHttpAdapter } from './http-adapter.js';
export { HTTP_PROBLEMS } from './http.problems.js';
export { PUBLIC_ROUTE, PublicRoute } from './public-route.js';
export { ReadsByBody } from './reads-by-body.decorator.js';
export { assignRequestId, RequestId } from './request-id.js';
export { BodyLimit, JSON_TYPE, Produces, ReadsBodyStream } from './route-formats.js';
