/** Addresses that people have bookmarked before areas had paths of their own: `?view=settings`, `?customer=ann`. */

import { place, replaceWith } from '../address/router.js';

const PATHS: Readonly<Record<string, string>> = { revenue: '/', settings: '/settings', credits: '/credits' };

export function followFormerAddress(): void {
  const { path, search, fragment } = place.value;
  const query = new URLSearchParams(search);
  const view = query.get('view');
  const customer = query.get('customer');
  if (path !== '/' || (view === null && customer === null)) return;
  query.delete('view');
  query.delete('customer');
  const rest = query.toString();
  const target =
    customer === null ? (PATHS[view ?? ''] ?? '/') : `/customers/${encodeURIComponent(customer)}`;
  replaceWith(`${target}${rest === '' ? '' : `?${rest}`}${fragment}`);
}
