/** Sends all HTTP requests of the page: to this service's own API, with the token of the user who is signed in. */

import { searchFor } from './long-query.js';
import { isAborted, Refusal, Unreachable, type ProblemDocument } from './problem.js';
import { signOut, token } from './session.js';

/**
 * Sends a request and returns the response if it is a successful one. It is the `fetch` of the typed client.
 *
 * @throws {Refusal | Unreachable | DOMException} the last one if it was aborted
 */
export async function send(request: Request): Promise<Response> {
  const bearer = request.headers.has('Authorization') ? null : token();
  const sent = searchFor(request) ?? request;
  if (bearer !== null) sent.headers.set('Authorization', `Bearer ${bearer}`);
  const response = await fetch(sent).catch((error: unknown) => {
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

/** The body of a response, in the shape that the contract defines. */
export async function readJson<T>(response: Response): Promise<T> {
  return (await response.json().catch((error: unknown) => {
    if (isAborted(error)) throw error;
    throw new Unreachable('The response of the service was interrupted.');
  })) as T;
}

async function problemOf(response: Response): Promise<ProblemDocument> {
  try {
    return await readJson<ProblemDocument>(response);
  } catch {
    return { title: `The service answered ${response.status}` };
  }
}
