/** Sends a filter that is too long for an address in the body of the equivalent search. */

/** Servers and proxies accept at least 8 kB, headers included. */
const MOST_CHARACTERS = 4_000;

/** The POST route that reads the same, by the end of the GET route's path. */
const SEARCHES: Readonly<Record<string, string>> = {
  '/api/revenue': '/api/revenue/search',
  '/api/revenue/summary': '/api/revenue/summary/search',
  '/api/variables/partnerRevenueShare/preview': '/api/variables/partnerRevenueShare/preview',
};

/** Parameters that are lists in the body, even if they occur once. */
const LISTS = new Set(['moduleId', 'exceptModuleId', 'partnerId', 'userId']);

/** The equivalent search; null if the address is short enough, or there is no such search. */
export function searchFor(request: Request): Request | null {
  if (request.method !== 'GET' || request.url.length <= MOST_CHARACTERS) return null;
  const url = new URL(request.url);
  const found = Object.entries(SEARCHES).find(([path]) => url.pathname.endsWith(path));
  if (found === undefined) return null;
  const [path, search] = found;
  const target = new URL(url.pathname.slice(0, -path.length) + search, url);
  const headers = new Headers(request.headers);
  headers.set('Content-Type', 'application/json');
  return new Request(target, {
    method: 'POST',
    headers,
    body: JSON.stringify(bodyOf(url.searchParams)),
    signal: request.signal,
    cache: request.cache,
    credentials: request.credentials,
  });
}

function bodyOf(query: URLSearchParams): Readonly<Record<string, unknown>> {
  const names = [...new Set(query.keys())];
  return Object.fromEntries(names.map((name) => [name, inJson(name, query.getAll(name))]));
}

function inJson(name: string, values: readonly string[]): unknown {
  if (LISTS.has(name)) return values;
  const [value] = values;
  if (name === 'includeFree') return value === 'true';
  return name === 'limit' ? Number(value) : value;
}
