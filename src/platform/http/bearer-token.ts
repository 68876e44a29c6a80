import type { IncomingMessage } from 'node:http';

/** RFC 6750, 2.1. */
const BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i;

/** The token of the header `Authorization`; null if the header is missing, repeated or has another form. */
export function bearerTokenOf({ headersDistinct: { authorization = [] } }: IncomingMessage): string | null {
  const [sent = '', ...more] = authorization;
  return more.length > 0 ? null : (BEARER.exec(sent)?.[1] ?? null);
}
