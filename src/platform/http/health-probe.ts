import type { IncomingMessage } from 'node:http';

/** Where the probes of health are. They come every few seconds. */
const HEALTH_PATH = '/api/health/';

/** Whether the request only asks how the service is. */
export function isHealthProbe(request: IncomingMessage & { readonly originalUrl?: string }): boolean {
  return (request.originalUrl ?? request.url ?? '').startsWith(HEALTH_PATH);
}
