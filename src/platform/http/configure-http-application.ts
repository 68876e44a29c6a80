import { Reflector } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import type { Config } from '../config/index.js';
import { serveApiDocs } from '../openapi/index.js';
import { PlatformValidationPipe } from '../validation/index.js';
import { limitAddress } from './address-length.js';
import { answerBrokenHttp } from './broken-http.js';
import { compressJson } from './compressed-json.js';
import { ProblemFilter, type ProblemListener } from './problem.filter.js';
import { parseQueryString } from './query-string.js';
import { judgeRequestHead } from './request-head.js';
import { RequestFormInterceptor } from './request-form.interceptor.js';
import { assignRequestId, REQUEST_ID_HEADER } from './request-id.js';
import { securityHeaders } from './security-headers.js';

/** Options that `NestFactory.create` needs in addition to `createHttpAdapter()` for `configureHttpApplication`. */
export const HTTP_APPLICATION_OPTIONS = {
  // The request form interceptor reads bodies, after token and role were checked.
  bodyParser: false,
} as const;

/**
 * A response with a file has about a dozen listeners: log, metrics, compression, draining, reader's watch, pipeline.
 */
const RESPONSE_LISTENERS_MAX = 24;

/**
 * Configures the HTTP server of an application created with `HTTP_APPLICATION_OPTIONS`: request ids, security headers,
 * CORS, trusted proxies, strict parameters and bodies, and problem documents for all errors. It must be called before
 * `init` or `listen`. The service and its tests use the same function.
 */
export function configureHttpApplication(
  app: NestExpressApplication,
  config: Pick<Config, 'corsOrigins' | 'trustedProxies' | 'servesApiDocs'>,
  listener?: ProblemListener,
): void {
  app.disable('x-powered-by');
  app.set('etag', false); // an ETag identifies a version, which only a feature knows
  app.set('trust proxy', config.trustedProxies.length > 0 ? [...config.trustedProxies] : false);
  app.set('query parser', (text: string | null) => parseQueryString(text ?? '').values);
  app.use((request: Request, response: Response, next: NextFunction) => {
    response.setMaxListeners(RESPONSE_LISTENERS_MAX); // above it Node reports a leak on standard error
    assignRequestId(request, response);
    next();
  });
  app.use(securityHeaders());
  app.use(limitAddress);
  app.use((_request: Request, response: Response, next: NextFunction) => {
    response.setHeader('Cache-Control', 'no-store'); // answers differ by caller; static files set their own
    next();
  });
  app.use(judgeRequestHead);
  app.use(compressJson());
  if (config.corsOrigins.length > 0) {
    app.enableCors({
      origin: [...config.corsOrigins],
      exposedHeaders: [
        REQUEST_ID_HEADER,
        'ETag',
        'Retry-After',
        'Content-Disposition',
        'Location',
        'Idempotency-Replayed',
      ],
      maxAge: 600,
    });
  }
  app.useGlobalFilters(new ProblemFilter(listener));
  app.useGlobalInterceptors(new RequestFormInterceptor(app.get(Reflector)));
  app.useGlobalPipes(new PlatformValidationPipe());
  if (config.servesApiDocs) serveApiDocs(app);
  answerBrokenHttp(app.getHttpServer());
}
