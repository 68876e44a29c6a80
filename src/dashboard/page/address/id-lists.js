/**
 * Lists of ids in an address. Few ids are in its query, many are in its fragment. Browsers do not send the fragment, so
 * no server can reject it as too long; a reload keeps it, and it is shared with the rest of the address.
 */

/** @typedef {import('./address.js').Address} Address */
/** @typedef {'moduleIds' | 'exceptModuleIds' | 'partnerIds'} List */

/** The lists, by their names in an address. @type {readonly (readonly [string, List])[]} */
const LISTS = [
  ['moduleId', 'moduleIds'],
  ['exceptModuleId', 'exceptModuleIds'],
  ['partnerId', 'partnerIds'],
];

/** Servers accept addresses of at least 8 kB; programs that pass links on often accept less. */
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
 * @returns {string} empty if it is not valid escaped text
 */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
