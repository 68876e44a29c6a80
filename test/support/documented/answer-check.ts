import type { Exchange } from './exchange.js';
import { complaintsBySchema, documentForTests } from './document-schemas.js';
import { headerComplaints } from './header-check.js';
import { findRoute, type DocumentedAnswer, type FoundRoute } from './documented-routes.js';
import { requestComplaints } from './request-check.js';

/** Addresses that are not in the document, with the reason. */
const BESIDE_THE_DOCUMENT: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/^\/api\/openapi\.json$/, 'the document itself'],
  [/^\/api\/docs(?:\/|$)/, 'its reader, for people'],
  [/^\/(?:page\/.*|favicon\.ico)?$/, 'the page, for people'],
  [/^\/(?!api(?:\/|$))[a-z]+(?:\/[^/]+)?$/, 'the areas of the page, for people'],
];

/** Statuses that the server can return for any request, before it finds a route. */
const BEFORE_ANY_ROUTE: readonly number[] = [408, 414, 431];

const foreignOrigins = new Set<string>();

/** Exempts a server that is not the documented service, such as one with controllers of a test. */
export function isNotTheService(url: string): void {
  foreignOrigins.add(new URL(url).origin);
}

/**
 * Compares an answer with the committed openapi.json: route, status, headers, media type and body, and also the body of
 * an accepted request.
 *
 * @throws Error that lists what the document does not contain
 */
export function assertDocumented(exchange: Exchange): void {
  const { origin, pathname } = new URL(exchange.url);
  if (foreignOrigins.has(origin) || exchange.method === 'OPTIONS') return; // CORS is a contract of browsers.
  if (BESIDE_THE_DOCUMENT.some(([pattern]) => pattern.test(pathname))) return;
  const complaints = complaintsOf(exchange, pathname);
  if (complaints.length === 0) return;
  const { method, status, text } = exchange;
  throw new Error(
    [
      `openapi.json does not name this answer to ${method} ${pathname}:`,
      ...complaints.slice(0, 10).map((complaint) => `- ${complaint}`),
      `${status} ${text.slice(0, 500)}`,
    ].join('\n'),
  );
}

function complaintsOf(exchange: Exchange, pathname: string): string[] {
  const { method, status } = exchange;
  if (BEFORE_ANY_ROUTE.includes(status)) return problemComplaints(exchange);
  const { paths } = documentForTests() as { paths: Parameters<typeof findRoute>[0] };
  const route = findRoute(paths, method, pathname);
  if (route?.operation === undefined) return unroutedComplaints(exchange, route);
  const answer = route.operation.responses[String(status)];
  if (answer === undefined)
    return [`the status ${status} is not among ${Object.keys(route.operation.responses).join(', ')}`];
  return [
    ...headerComplaints(exchange.headers, answer),
    ...bodyComplaints(exchange, route, answer),
    ...(status < 300 ? requestComplaints(exchange, route) : []),
  ];
}

/** Checks the answer if the document does not contain the path or method. */
function unroutedComplaints(exchange: Exchange, route: FoundRoute | null): string[] {
  const right = route === null ? [404, 400] : [405];
  const wrong = right.includes(exchange.status)
    ? []
    : [`the document has no such route, so ${right.join(' or ')} is due`];
  return [...wrong, ...problemComplaints(exchange)];
}

function problemComplaints({ method, text }: Exchange): string[] {
  return method === 'HEAD' ? [] : jsonComplaints(text, ['components', 'schemas', 'Problem']);
}

function bodyComplaints(
  { method, status, headers, text }: Exchange,
  route: FoundRoute,
  answer: DocumentedAnswer,
): string[] {
  if (method === 'HEAD') return [];
  const { content } = answer;
  if (content === undefined) return text === '' ? [] : ['there is a body, and the document has none'];
  const type = (headers.get('content-type') ?? '').split(';')[0] ?? '';
  const described = content[type];
  if (described === undefined)
    return [`the media type "${type}" is not among ${Object.keys(content).join(', ')}`];
  const place = ['paths', route.path, route.method, 'responses', String(status), 'content', type, 'schema'];
  if (type === 'application/problem+json') {
    const { code } = JSON.parse(text) as { code: string };
    const isListed = described.examples !== undefined && code in described.examples;
    return [
      ...(isListed ? [] : [`the code ${code} is not listed for ${status}`]),
      ...jsonComplaints(text, place),
    ];
  }
  return type === 'application/json' ? jsonComplaints(text, place) : [];
}

function jsonComplaints(text: string, place: readonly string[]): string[] {
  try {
    return complaintsBySchema(JSON.parse(text), place);
  } catch (error) {
    return [`the body is no JSON: ${String(error)}`];
  }
}
