import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

/** The header by which a caller names its request, and by which every answer names it back. */
export const REQUEST_ID_HEADER = 'X-Request-Id';

const SANE_REQUEST_ID = /^[A-Za-z0-9][A-Za-z0-9._:@|+=~-]{0,127}$/;

type IdentifiedRequest = Pick<IncomingMessage, 'headers'> & { id?: unknown };

/**
 * Gives the request its id, once, and repeats it in the answer's `X-Request-Id`: the caller's own where that is
 * sane (it ends up in logs), else a new one. Has the form of pino-http's `genReqId`.
 */
export function assignRequestId(request: IdentifiedRequest, response: ServerResponse): string {
  const known = request.id;
  const id = typeof known === 'string' && known !== '' ? known : (sentId(request) ?? randomUUID());
  request.id = id;
  if (!response.headersSent) {
    response.setHeader(REQUEST_ID_HEADER, id);
  }
  return id;
}

/** Gives a handler the id of its request. */
export const RequestId = createParamDecorator((_data: unknown, context: ExecutionContext): string => {
  const http = context.switchToHttp();
  return assignRequestId(http.getRequest<IdentifiedRequest>(), http.getResponse<ServerResponse>());
});

function sentId(request: IdentifiedRequest): string | undefined {
  const sent = request.headers[REQUEST_ID_HEADER.toLowerCase()];
  return typeof sent === 'string' && SANE_REQUEST_ID.test(sent) ? sent : undefined;
}
