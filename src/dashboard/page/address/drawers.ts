/** What opens over a view, by a parameter of its address: an explanation, or a user's own deployment. One at a time. */

import { place } from './router.js';

export const DRAWERS = ['deployment', 'detail'] as const;
export type DrawerName = (typeof DRAWERS)[number];

/** The thing that a drawer of the open address shows; null: it is closed. */
export function drawerHere(name: DrawerName): string | null {
  return new URLSearchParams(place.value.search).get(name) || null;
}

/** The open view with this drawer, or without any; for the router. */
export function drawerTarget(open: { readonly name: DrawerName; readonly id: string } | null): string {
  const { path, search, fragment } = place.value;
  const query = new URLSearchParams(search);
  for (const name of DRAWERS) query.delete(name);
  if (open !== null) query.set(open.name, open.id);
  const rest = query.toString();
  return `${path}${rest === '' ? '' : `?${rest}`}${fragment}`;
}
