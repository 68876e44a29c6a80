/** The address that is open now, and who wants to hear when it changes. */

import { formatAddress, parseAddress } from './address.js';

/** @typedef {import('./address.js').Address} Address */

/** @type {Set<(address: Address) => void>} */
const listeners = new Set();

let current = parseAddress(globalThis.location?.search ?? '', globalThis.location?.hash);

/** @returns {Address} */
export function here() {
  return current;
}

/**
 * @param {Partial<Address>} change
 * @returns {string} the address with the change, to link to
 */
export function linkTo(change) {
  const address = formatAddress({ ...current, ...change });
  return address.startsWith('?') ? address : `./${address}`; // else what the query was would stay
}

/**
 * Goes to the address with the change; the browser's Back leads back.
 *
 * @param {Partial<Address>} change
 */
export function go(change) {
  const target = linkTo(change);
  current = { ...current, ...change };
  history.pushState(null, '', target);
  tell();
}

/**
 * @param {(address: Address) => void} listener
 * @returns {() => void} stops listening
 */
export function onMove(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Hears the browser's Back and Forward from now on. */
export function followBrowser() {
  addEventListener('popstate', () => {
    current = parseAddress(location.search, location.hash);
    tell();
  });
}

function tell() {
  for (const listener of [...listeners]) listener(current);
}
