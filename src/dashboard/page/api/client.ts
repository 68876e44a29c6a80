/** The typed client of the service's API, from the OpenAPI document. */

import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from '../../../../client/schema.js';
import { base } from '../address/base.js';
import { readJson, send } from './send.js';

export { isAborted, Refusal, Unreachable } from './problem.js';

/** What the answers are: files such as CSV are for `download.ts`, not for this client. */
type Media = 'application/json' | 'application/problem+json';

export type Schemas = components['schemas'];

/** Resolves the routes of the document below the service's address. */
class ApiRequest extends Request {
  constructor(input: RequestInfo | URL, init?: RequestInit) {
    super(typeof input === 'string' ? new URL(input.slice(1), base()) : input, init);
  }
}

/**
 * Every route, typed. A call throws if it fails (`problem.ts`), so `answerOf` gives the answer.
 *
 * @example
 * const modules = await answerOf(api.GET('/api/modules', { params: { query: { q: 'maps' } }, signal }));
 */
export const api: Client<paths, Media> = createClient<paths, Media>({
  baseUrl: '',
  cache: 'no-store',
  credentials: 'omit',
  headers: { Accept: 'application/json' },
  fetch: send,
  Request: ApiRequest,
});

/** The body of an answer. The call itself throws if it is refused or lost. */
export async function answerOf<T>(call: Promise<{ data?: T }>): Promise<NonNullable<T>> {
  const { data } = await call;
  return data as NonNullable<T>;
}

/** The body of an answer with its ETag, for a later change of the same thing (`If-Match`). */
export async function taggedAnswerOf<T>(
  call: Promise<{ data?: T; response: Response }>,
): Promise<{ readonly value: NonNullable<T>; readonly etag: string }> {
  const { data, response } = await call;
  return { value: data as NonNullable<T>, etag: response.headers.get('ETag') ?? '' };
}

/** A list repeats its parameter. */
export type Query = Record<string, string | readonly string[] | null | undefined>;

/** A request whose route is not typed: for files, and for the parts of the page that are still JavaScript. */
export interface UntypedRequest {
  readonly query?: Query;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal;
}

/** @param path below `/api/` */
export function call(
  path: string,
  { query = {}, headers = {}, signal }: UntypedRequest = {},
): Promise<Response> {
  const url = new URL(`api/${path}`, base());
  for (const [name, value] of Object.entries(query)) {
    if (typeof value === 'string') url.searchParams.set(name, value);
    else for (const one of value ?? []) url.searchParams.append(name, one);
  }
  return send(
    new Request(url, {
      headers: { Accept: 'application/json', ...headers },
      signal: signal ?? null,
      cache: 'no-store',
      credentials: 'omit',
    }),
  );
}

/** @param path below `/api/` */
export async function get<T>(path: string, request?: UntypedRequest): Promise<T> {
  return readJson<T>(await call(path, request));
}
