import type { NextFunction, Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';
import { API_DOCS_PATH } from '../openapi/paths.js';

/** Nothing of a page may come from or go to another host. */
const OWN_HOST_ONLY = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  manifestSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

/**
 * Security headers of every answer. Swagger UI has inline styles, so its own pages, and they alone, allow those.
 * HTTPS, where there is any, ends at the proxy in front: neither HSTS nor upgrade-insecure-requests is ours to set.
 */
export function securityHeaders(): RequestHandler {
  const common = { strictTransportSecurity: false, xFrameOptions: { action: 'deny' } } as const;
  const strict = helmet({
    ...common,
    contentSecurityPolicy: { useDefaults: false, directives: OWN_HOST_ONLY },
  });
  const ofSwaggerUi = helmet({
    ...common,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { ...OWN_HOST_ONLY, styleSrc: ["'self'", "'unsafe-inline'"] },
    },
  });
  return (request: Request, response: Response, next: NextFunction) => {
    const isSwaggerUi = request.path === API_DOCS_PATH || request.path.startsWith(`${API_DOCS_PATH}/`);
    (isSwaggerUi ? ofSwaggerUi : strict)(request, response, next);
  };
}
