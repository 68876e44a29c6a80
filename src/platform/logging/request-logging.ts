import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pinoHttp } from 'pino-http';
import { assignRequestId, isHealthProbe } from '../http/index.js';
import { serializeError, type Logger } from './logger.js';

const requestLogger = new AsyncLocalStorage<Logger>();

/** The logger of the current request, which adds the request's id to every line; undefined outside a request. */
export function loggerOfRequest(): Logger | undefined {
  return requestLogger.getStore();
}

type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/**
 * Logs each request when it is answered: method, path without parameters, status, duration and request id. Headers and
 * bodies are never logged.
 *
 * @param answered level for answers below 500; answers from 500 on are errors, and health probes have level debug
 */
export function requestLogging(logger: Logger, answered: 'info' | 'debug'): Middleware {
  const log = pinoHttp({
    logger,
    genReqId: assignRequestId,
    // Without `serializers`, pino-http would replace the logger's own error serializer, which logs less. It would also
    // create a logger that contains the whole request.
    serializers: { err: serializeError, req: () => undefined },
    wrapSerializers: false,
    quietReqLogger: true,
    quietResLogger: true,
    customAttributeKeys: { reqId: 'requestId' },
    customLogLevel: (request, response) => {
      if (isHealthProbe(request)) return 'debug';
      return response.statusCode >= 500 ? 'error' : answered;
    },
    customSuccessMessage: describe,
    customErrorMessage: (request, response) => describe(request, response, 0),
    customSuccessObject: (request, response, { responseTime }: { responseTime: number }) =>
      recordOf(request, response, responseTime),
    customErrorObject: (request, response, _error, { responseTime }: { responseTime: number }) =>
      recordOf(request, response, responseTime),
  });
  return (request, response, next) => {
    log(request, response);
    requestLogger.run(request.log, next);
  };
}

function recordOf(request: IncomingMessage, response: ServerResponse, duration_ms: number): object {
  return { method: request.method, path: pathOf(request), status: response.statusCode, duration_ms };
}

function describe(request: IncomingMessage, response: ServerResponse, _duration_ms: number): string {
  const outcome = response.writableFinished ? String(response.statusCode) : `${response.statusCode}, cut off`;
  return `${request.method} ${pathOf(request)} ${outcome}`;
}

function pathOf(request: IncomingMessage): string {
  const { originalUrl } = request as { originalUrl?: string };
  return (originalUrl ?? request.url ?? '').split('?', 1)[0] ?? '';
}
