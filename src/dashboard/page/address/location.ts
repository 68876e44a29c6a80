/** The revenue view's state in the open address. */

import { formatAddress, parseAddress, type Address } from './address.js';
import { goTo, place } from './router.js';

let parsed: { readonly key: string; readonly address: Address } | null = null;

export function here(): Address {
  const { search, fragment } = place.value;
  const key = search + fragment;
  if (parsed?.key !== key) parsed = { key, address: parseAddress(search, fragment) };
  return parsed.address;
}

/** Opens the address with the change; the browser's Back returns. */
export function go(change: Partial<Address>): void {
  goTo(targetOf(change));
}

/** What does not change which rows there are: with any other change, the table starts at its first page again. */
const KEEPS_PAGE = new Set<keyof Address>(['columns', 'unit', 'split', 'hasBefore', 'deployment']);

/** The address with the change, for the router. */
export function targetOf(change: Partial<Address>): string {
  const keepsPage = Object.keys(change).every((name) => KEEPS_PAGE.has(name as keyof Address));
  return place.value.path + formatAddress({ ...here(), ...(keepsPage ? {} : { page: 1 }), ...change });
}
