import type { NextFunction, Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';
import { API_DOCS_PATH } from '../openapi/paths.js';

/** A page must load nothing from other hosts and send nothing to them. */
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
 * Security headers of every answer. Only the pages of Swagger UI allow inline styles, because Swagger UI needs them.
 * HTTPS ends at the proxy in front, if there is one, so the proxy must set HSTS and upgrade-insecure-requests.
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
