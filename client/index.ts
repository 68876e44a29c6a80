import createClient, { type Client, type ClientOptions } from 'openapi-fetch';
import type { paths } from './schema.js';

/** What a platform tells its client. */
export interface Connection extends Omit<ClientOptions, 'baseUrl' | 'headers'> {
  /** Where the service is, without a path: `https://revenue.example`. */
  readonly url: string;
  /** The JSON Web Token of the caller. */
  readonly token: string;
}

/** What the answers are: reports also come as CSV, which is for files and not for this client. */
type Media = 'application/json' | 'application/problem+json';

/** Every route of the service, typed. */
export type RevenueClient = Client<paths, Media>;

/**
 * Speaks to the service as one caller. Each call gives `{ data, response }`, or `{ error, response }` with the problem
 * document of the refusal.
 *
 * @example
 * const { data, error } = await revenueClient({ url, token }).POST('/api/deployments', {
 *   body: { userId: 'u-1', moduleId: 'maps', expectedCost: '40' },
 * });
 */
export function revenueClient({ url, token, ...options }: Connection): RevenueClient {
  return createClient<paths, Media>({
    ...options,
    baseUrl: url,
    headers: { authorization: `Bearer ${token}` },
  });
}
