/** Sends all HTTP requests of the page: to this service's own API, with the token of the user who is signed in. */

import { signOut, token } from './session.js';
import { searchFor } from './long-query.js';

/** @typedef {Record<string, string | readonly string[] | null | undefined>} Query a list repeats its parameter */
/**
 * @typedef {object} Request
 * @property {Query} [query]
 * @property {string} [method]
 * @property {unknown} [body] sent as JSON
 * @property {Record<string, string>} [headers]
 * @property {AbortSignal} [signal]
 */

/** An error response of the service (application/problem+json). */
export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {{ title?: string, detail?: string, code?: string, requestId?: string }} problem
   * @param {number} [pause_s] how long the service asks to wait before a retry; 0: not stated
   */
  constructor(
    status,
    { title = 'Something went wrong', detail = '', code = '', requestId = '' },
    pause_s = 0,
  ) {
    super(detail || title);
    this.status = status;
    this.title = title;
    this.code = code;
    this.requestId = requestId;
    this.pause_s = pause_s;
  }
}

/** The service could not be reached, or its response was lost. */
export class Unreachable extends Error {}

/**
 * @param {unknown} error the error of a write
 * @returns {error is Refusal} whether the service refused the write, so that nothing was changed. After any other error
 *   the write may have succeeded, so the page must read the data again
 */
export function isRefused(error) {
  return error instanceof Refusal && error.status < 500 && error.code !== '';
}

/**
 * @param {string} path below `/api/`
 * @param {Query} [query]
 * @returns {string}
 */
function apiAddress(path, query = {}) {
  const url = new URL(`api/${path}`, document.baseURI);
  for (const [name, value] of Object.entries(query)) {
    if (typeof value === 'string') url.searchParams.set(name, value);
    else for (const one of value ?? []) url.searchParams.append(name, one);
  }
  return url.href;
}

/**
 * @param {string} path below `/api/`
 * @param {Request} [request]
 * @returns {Promise<Response>} a successful one
 * @throws {Refusal | Unreachable | DOMException} the last one if it was aborted
 */
export async function call(path, { query, method = 'GET', body, headers = {}, signal } = {}) {
  const address = apiAddress(path, query);
  const search = method === 'GET' ? searchFor(path, query ?? {}, address) : null;
  if (search !== null) return call(search.path, { method: 'POST', body: search.body, headers, signal });
  const bearer = token();
  const response = await fetch(address, {
    method,
    signal: signal ?? null,
    cache: 'no-store',
    credentials: 'omit',
    headers: {
      Accept: 'application/json',
      ...(bearer === null ? {} : { Authorization: `Bearer ${bearer}` }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((/** @type {unknown} */ error) => {
    if (isAborted(error)) throw error;
    throw new Unreachable('The service cannot be reached.');
  });
  if (response.ok) return response;
  const refusal = new Refusal(
    response.status,
    await problemOf(response),
    Number(response.headers.get('Retry-After')) || 0,
  );
  if (refusal.status === 401 && bearer !== null && bearer === token()) signOut('expired');
  throw refusal;
}

/**
 * @template T
 * @param {string} path below `/api/`
 * @param {Request} [request]
 * @returns {Promise<T>}
 */
export async function get(path, request) {
  return readJson(await call(path, request));
}

/**
 * @template T
 * @param {Response} response
 * @returns {Promise<T>} its body, in the shape that the contract defines
 */
export async function readJson(response) {
  const body = /** @type {unknown} */ (
    await response.json().catch((/** @type {unknown} */ error) => {
      if (isAborted(error)) throw error;
      throw new Unreachable('The response of the service was interrupted.');
    })
  );
  return /** @type {T} */ (body);
}

/**
 * @param {unknown} error
 * @returns {boolean} whether the request was only aborted, because its response is not needed any more
 */
export function isAborted(error) {
  return error instanceof DOMException && error.name === 'AbortError';
}

/**
 * @param {Response} response
 * @returns {Promise<object>}
 */
async function problemOf(response) {
  try {
    return await readJson(response);
  } catch {
    return { title: `The service answered ${response.status}` };
  }
}
