/** The revenue view's state in the open address, and the listeners to its changes. */

import { effect, untracked } from '@preact/signals';
import { formatAddress, parseAddress, type Address } from './address.js';
import { goTo, hrefOf, place } from './router.js';

let parsed: { readonly key: string; readonly address: Address } | null = null;

export function here(): Address {
  const { search, fragment } = place.value;
  const key = search + fragment;
  if (parsed?.key !== key) parsed = { key, address: parseAddress(search, fragment) };
  return parsed.address;
}

/** The address with the change, to link to. */
export function linkTo(change: Partial<Address>): string {
  return hrefOf(target(change));
}

/** Opens the address with the change; the browser's Back returns. */
export function go(change: Partial<Address>): void {
  goTo(target(change));
}

function target(change: Partial<Address>): string {
  return place.value.path + formatAddress({ ...here(), ...change });
}

/** @returns stops listening */
export function onMove(listener: (address: Address) => void): () => void {
  let isFirst = true;
  return effect(() => {
    const address = here();
    if (!isFirst) untracked(() => listener(address));
    isFirst = false;
  });
}
