import type { IncomingMessage } from 'node:http';

/** Path of the health probes, which come every few seconds. */
const HEALTH_PATH = '/api/health/';

/** Whether the request is a health probe. */
export function isHealthProbe(request: IncomingMessage & { readonly originalUrl?: string }): boolean {
  return (request.originalUrl ?? request.url ?? '').startsWith(HEALTH_PATH);
}
