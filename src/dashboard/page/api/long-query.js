/** Sends a filter that is too long for an address in the body of the equivalent search. */

/** @typedef {import('./client.js').Query} Query */

/** Servers and proxies accept at least 8 kB, headers included. */
const MOST_CHARACTERS = 4_000;

/** The POST route that reads the same, below `/api/`. @type {Readonly<Record<string, string>>} */
const SEARCHES = {
  revenue: 'revenue/search',
  'revenue/summary': 'revenue/summary/search',
  'variables/partnerRevenueShare/preview': 'variables/partnerRevenueShare/preview',
};

/**
 * @param {string} path below `/api/`
 * @param {Query} query
 * @param {string} address of both
 * @returns {{ path: string, body: Readonly<Record<string, unknown>> } | null} null if the address is short enough, or
 *   there is no such search
 */
export function searchFor(path, query, address) {
  const search = address.length > MOST_CHARACTERS ? SEARCHES[path] : undefined;
  if (search === undefined) return null;
  const given = Object.entries(query).filter(
    ([, value]) => typeof value === 'string' || Boolean(value?.length),
  );
  return {
    path: search,
    body: Object.fromEntries(given.map(([name, value]) => [name, inJson(name, value)])),
  };
}

/**
 * @param {string} name
 * @param {Query[string]} value as in an address
 * @returns {unknown}
 */
function inJson(name, value) {
  if (name === 'includeFree') return value === 'true';
  return name === 'limit' ? Number(value) : value;
}
