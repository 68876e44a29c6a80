/** The typed client of the service's API, from the OpenAPI document. */

import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from '../../../../client/schema.js';
import { base } from '../address/base.js';
import { send } from './send.js';

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

/** As the typed routes have it; a list repeats its parameter. */
export type Query = Readonly<
  Record<string, string | number | boolean | readonly string[] | null | undefined>
>;

/** A request whose answer is a file, which the typed client does not read. */
export interface FileRequest {
  readonly query: Query;
  /** Its media type. */
  readonly accept: string;
  readonly signal: AbortSignal;
}

/** @param path below `/api/` */
export function requestFile(path: string, { query, accept, signal }: FileRequest): Promise<Response> {
  const url = new URL(`api/${path}`, base());
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === undefined) continue;
    const values = typeof value === 'object' ? value : [String(value)];
    for (const one of values) url.searchParams.append(name, one);
  }
  const headers = { Accept: accept };
  return send(new Request(url, { headers, signal, cache: 'no-store', credentials: 'omit' }));
}
