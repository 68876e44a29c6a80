/** The address that is open now: a path below the page's base, a query and a fragment. */

import { signal, type ReadonlySignal } from '@preact/signals';
import { base } from './base.js';

export interface Place {
  /** Below the service's address: `/` or `/modules/maps`. */
  readonly path: string;
  /** With its `?`, or empty. */
  readonly search: string;
  /** With its `#`, or empty. */
  readonly fragment: string;
}

const current = signal<Place>({ path: '/', search: '', fragment: '' });

/** The open address. Components that read it are drawn again when it changes. */
export const place: ReadonlySignal<Place> = current;

/** Follows the browser's address from now on. */
export function startRouter(): void {
  const read = (): void => {
    const { pathname, search, hash } = location;
    current.value = { path: `/${pathname.slice(base().pathname.length)}`, search, fragment: hash };
  };
  addEventListener('popstate', read);
  read();
}

/** The `href` of a target such as `/modules/maps?q=a`: it works below any base, and in another tab. */
export function hrefOf(target: string): string {
  return new URL(target.slice(1), base()).href;
}

/** Opens a target; the browser's Back returns. */
export function goTo(target: string): void {
  move(target, (href) => history.pushState(null, '', href));
}

/** Opens a target in place of the open one. */
export function replaceWith(target: string): void {
  move(target, (href) => history.replaceState(null, '', href));
}

function move(target: string, change: (href: string) => void): void {
  const url = new URL(hrefOf(target));
  change(url.href);
  current.value = {
    path: `/${url.pathname.slice(base().pathname.length)}`,
    search: url.search,
    fragment: url.hash,
  };
}
