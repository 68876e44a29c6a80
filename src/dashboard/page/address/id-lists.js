/**
 * Lists of ids in an address: a few stand in its query, many in its fragment. That one is not sent to any server, so no
 * server can find it too long; it is kept by a reload and shared with the address like the rest of it.
 */

/** @typedef {import('./address.js').Address} Address */
/** @typedef {'moduleIds' | 'exceptModuleIds' | 'partnerIds'} List */

/** The lists, by their names in an address. @type {readonly (readonly [string, List])[]} */
const LISTS = [
  ['moduleId', 'moduleIds'],
  ['exceptModuleId', 'exceptModuleIds'],
  ['partnerId', 'partnerIds'],
];

/** Servers take addresses of 8 kB at least, and programs that pass links on often less. */
const MOST_CHARACTERS_IN_QUERY = 2_000;

/**
 * @param {Pick<Address, List>} address
 * @returns {{ inQuery: [name: string, id: string][], fragment: string }} the fragment with its `#`, or empty
 */
export function formatLists(address) {
  const all = LISTS.flatMap(([name, list]) =>
    address[list].map((id) => /** @type {[string, string]} */ ([name, id])),
  );
  const length = all.reduce((sum, [name, id]) => sum + name.length + encodeURIComponent(id).length + 2, 0);
  if (length <= MOST_CHARACTERS_IN_QUERY) return { inQuery: all, fragment: '' };
  const parts = LISTS.filter(([, list]) => address[list].length > 0).map(
    ([name, list]) => `${name}=${address[list].map(encodeURIComponent).join(',')}`,
  );
  return { inQuery: [], fragment: `#${parts.join('&')}` };
}

/**
 * @param {URLSearchParams} query
 * @param {string} fragment with its `#`, or empty
 * @returns {Pick<Address, List>}
 */
export function parseLists(query, fragment) {
  const many = new Map(
    fragment
      .slice(1)
      .split('&')
      .map((part) => /** @type {[string, string]} */ (part.split('=', 2))),
  );
  const listOf = (/** @type {string} */ name) => [
    ...query.getAll(name).filter(Boolean),
    ...(many.get(name)?.split(',').map(decoded).filter(Boolean) ?? []),
  ];
  return {
    moduleIds: listOf('moduleId'),
    exceptModuleIds: listOf('exceptModuleId'),
    partnerIds: listOf('partnerId'),
  };
}

/**
 * @param {string} text
 * @returns {string} empty where it is no escaped text
 */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
