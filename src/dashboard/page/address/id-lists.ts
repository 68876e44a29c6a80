/**
 * Lists of ids in an address. Few ids are in its query, many are in its fragment. Browsers do not send the fragment, so
 * no server can reject it as too long; a reload keeps it, and it is shared with the rest of the address.
 */

type List = 'moduleIds' | 'exceptModuleIds' | 'partnerIds';
/** The lists of an address. */
export type IdLists = Readonly<Record<List, readonly string[]>>;

/** The lists, by their names in an address. */
const LISTS: readonly (readonly [string, List])[] = [
  ['moduleId', 'moduleIds'],
  ['exceptModuleId', 'exceptModuleIds'],
  ['partnerId', 'partnerIds'],
];

/** Servers accept addresses of at least 8 kB; programs that pass links on often accept less. */
const MOST_CHARACTERS_IN_QUERY = 2_000;

/** Returns the fragment with its `#`, or empty. */
export function formatLists(address: IdLists): {
  inQuery: [name: string, id: string][];
  fragment: string;
} {
  const all = LISTS.flatMap(([name, list]) => address[list].map((id) => [name, id] as [string, string]));
  const length = all.reduce((sum, [name, id]) => sum + name.length + encodeURIComponent(id).length + 2, 0);
  if (length <= MOST_CHARACTERS_IN_QUERY) return { inQuery: all, fragment: '' };
  const parts = LISTS.filter(([, list]) => address[list].length > 0).map(
    ([name, list]) => `${name}=${address[list].map(encodeURIComponent).join(',')}`,
  );
  return { inQuery: [], fragment: `#${parts.join('&')}` };
}

/** @param fragment with its `#`, or empty */
export function parseLists(query: URLSearchParams, fragment: string): IdLists {
  const many = new Map(
    fragment
      .slice(1)
      .split('&')
      .map((part) => part.split('=', 2) as [string, string]),
  );
  const listOf = (name: string) => [
    ...query.getAll(name).filter(Boolean),
    ...(many.get(name)?.split(',').map(decoded).filter(Boolean) ?? []),
  ];
  return {
    moduleIds: listOf('moduleId'),
    exceptModuleIds: listOf('exceptModuleId'),
    partnerIds: listOf('partnerId'),
  };
}

/** Returns empty if it is not valid escaped text. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
