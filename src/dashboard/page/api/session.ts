/**
 * The session of the signed-in user. The token is only in this tab's sessionStorage: it is never in the address, and is
 * removed with the tab. When it expires, or the service rejects it, the page shows sign-in and keeps the address.
 */

import { signal, type ReadonlySignal } from '@preact/signals';

const KEY = 'module-revenue-token';
/** The longest delay of setTimeout. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

export type SessionState = 'signed-in' | 'signed-out' | 'expired';

const current = signal<SessionState>('signed-out');
let expiry: ReturnType<typeof setTimeout> | undefined;

/** Whether somebody is signed in, and why not. */
export const session: ReadonlySignal<SessionState> = current;

/** Continues with the token that this tab has, if any. */
export function resumeSession(): void {
  if (token() === null) return;
  watchExpiry();
  if (token() !== null) current.value = 'signed-in';
}

export function token(): string | null {
  return sessionStorage.getItem(KEY);
}

export function signIn(accessToken: string): void {
  sessionStorage.setItem(KEY, accessToken);
  current.value = 'signed-in';
  watchExpiry();
}

export function signOut(why: 'signed-out' | 'expired'): void {
  if (token() === null) return;
  sessionStorage.removeItem(KEY);
  clearTimeout(expiry);
  current.value = why;
}

/** Shows sign-in when the token expires, even if the page sends no request. */
function watchExpiry(): void {
  clearTimeout(expiry);
  const ends_s = expiresAt(token());
  if (ends_s === null) return;
  const wait_ms = ends_s * 1000 - Date.now();
  if (wait_ms <= 0) signOut('expired');
  else expiry = setTimeout(watchExpiry, Math.min(wait_ms, LONGEST_WAIT_MS));
}

/** Seconds since the epoch; null if the token has no `exp`, so that only the service decides. */
function expiresAt(jwt: string | null): number | null {
  try {
    const payload = (jwt?.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const { exp } = JSON.parse(atob(payload)) as { exp?: unknown };
    return typeof exp === 'number' ? exp : null;
  } catch {
    return null;
  }
}
