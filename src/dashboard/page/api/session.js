/**
 * The session of the signed-in user. The token is only in this tab's sessionStorage: it is never in the address, and is
 * removed with the tab. When it expires, or the service rejects it, the page shows sign-in and keeps the address.
 */

const KEY = 'module-revenue-token';
/** The longest delay of setTimeout. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/** @typedef {'signed-in' | 'signed-out' | 'expired'} Change */

/** @type {Set<(change: Change) => void>} */
const listeners = new Set();
/** @type {ReturnType<typeof setTimeout> | undefined} */
let expiry;

/** @returns {string | null} */
export function token() {
  return sessionStorage.getItem(KEY);
}

/** @param {string} accessToken */
export function signIn(accessToken) {
  sessionStorage.setItem(KEY, accessToken);
  watchExpiry();
  notify('signed-in');
}

/** @param {'signed-out' | 'expired'} why */
export function signOut(why) {
  if (token() === null) return;
  sessionStorage.removeItem(KEY);
  clearTimeout(expiry);
  notify(why);
}

/** Shows sign-in when the token expires, even if the page sends no request. */
export function watchExpiry() {
  clearTimeout(expiry);
  const ends_s = expiresAt(token());
  if (ends_s === null) return;
  const wait_ms = ends_s * 1000 - Date.now();
  expiry = setTimeout(() => signOut('expired'), Math.min(Math.max(wait_ms, 0), LONGEST_WAIT_MS));
}

/** @param {(change: Change) => void} listener */
export function onSession(listener) {
  listeners.add(listener);
}

/** @param {Change} change */
function notify(change) {
  for (const listener of listeners) listener(change);
}

/**
 * @param {string | null} jwt
 * @returns {number | null} seconds since the epoch; null if the token has no `exp`, so that only the service decides
 */
function expiresAt(jwt) {
  try {
    const payload = (jwt?.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const claims = /** @type {unknown} */ (JSON.parse(atob(payload)));
    const { exp } = /** @type {{ exp?: unknown }} */ (claims);
    return typeof exp === 'number' ? exp : null;
  } catch {
    return null;
  }
}
