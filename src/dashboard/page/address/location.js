/** The address that is open now, and the listeners to its changes. */

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
  return address.startsWith('?') ? address : `./${address}`; // An empty href would keep the query.
}

/**
 * Opens the address with the change; the browser's Back returns.
 *
 * @param {Partial<Address>} change
 */
export function go(change) {
  const target = linkTo(change);
  current = { ...current, ...change };
  history.pushState(null, '', target);
  notify();
}

/**
 * @param {(address: Address) => void} listener
 * @returns {() => void} stops listening
 */
export function onMove(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Follows the browser's Back and Forward from now on. */
export function followBrowser() {
  addEventListener('popstate', () => {
    current = parseAddress(location.search, location.hash);
    notify();
  });
}

function notify() {
  for (const listener of [...listeners]) listener(current);
}
