import type { IncomingMessage } from 'node:http';

/** RFC 6750, 2.1. */
const BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i;

/** The token of the one header `Authorization`; null where there is none, are several, or something else is in it. */
export function bearerTokenOf({ headersDistinct: { authorization = [] } }: IncomingMessage): string | null {
  const [sent = '', ...more] = authorization;
  return more.length > 0 ? null : (BEARER.exec(sent)?.[1] ?? null);
}
