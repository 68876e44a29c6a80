import { complaintsBySchema } from './document-schemas.js';
import type { FoundRoute } from './documented-routes.js';
import type { Exchange } from './exchange.js';

/** Returns what the document does not allow in a request that the service accepted. */
export function requestComplaints(
  { url, requestBody }: Exchange,
  { operation, path, method }: FoundRoute,
): string[] {
  const given = [...new URL(url).searchParams.keys()];
  const known = (operation?.parameters ?? []).filter((one) => one.in === 'query');
  const names = known.map(({ name }) => name);
  const unknown = given
    .filter((name) => !names.includes(name))
    .map((name) => `the parameter ${name} is not named`);
  const absent = known
    .filter(({ name, required }) => required === true && !given.includes(name))
    .map(({ name }) => `the parameter ${name} is said to be required, and was not`);
  return [...unknown, ...absent, ...bodyComplaints(requestBody, ['paths', path, method], operation)];
}

function bodyComplaints(
  body: unknown,
  place: readonly string[],
  operation: FoundRoute['operation'],
): string[] {
  const isJson = operation?.requestBody !== undefined && 'application/json' in operation.requestBody.content;
  if (!isJson) return [];
  const text = body instanceof Uint8Array ? Buffer.from(body).toString('utf8') : body;
  const sent: unknown = JSON.parse(typeof text === 'string' ? text : JSON.stringify(text));
  return complaintsBySchema(sent, [...place, 'requestBody', 'content', 'application/json', 'schema']).map(
    (complaint) => `the request was accepted: ${complaint}`,
  );
}
