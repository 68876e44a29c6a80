import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

/** Header with the id of a request; every answer contains it, and a caller can set it. */
export const REQUEST_ID_HEADER = 'X-Request-Id';

const SANE_REQUEST_ID = /^[A-Za-z0-9][A-Za-z0-9._:@|+=~-]{0,127}$/;

type IdentifiedRequest = Pick<IncomingMessage, 'headers'> & { id?: unknown };

/**
 * Assigns the request its id, once, and sets the answer's `X-Request-Id`: the caller's id if it is valid (it appears in
 * logs), otherwise a new one. The signature is that of pino-http's `genReqId`.
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

/** Parameter decorator: the id of the request. */
export const RequestId = createParamDecorator((_data: unknown, context: ExecutionContext): string => {
  const http = context.switchToHttp();
  return assignRequestId(http.getRequest<IdentifiedRequest>(), http.getResponse<ServerResponse>());
});

function sentId(request: IdentifiedRequest): string | undefined {
  const sent = request.headers[REQUEST_ID_HEADER.toLowerCase()];
  return typeof sent === 'string' && SANE_REQUEST_ID.test(sent) ? sent : undefined;
}
