/** The addresses of views before each area had a path of its own, which people have bookmarked: `?view=settings`. */

import { place, replaceWith } from '../address/router.js';

const PATHS: Readonly<Record<string, string>> = { revenue: '/', settings: '/settings', credits: '/credits' };

export function followFormerAddress(): void {
  const { path, search, fragment } = place.value;
  const query = new URLSearchParams(search);
  const view = query.get('view');
  if (path !== '/' || view === null) return;
  query.delete('view');
  const rest = query.toString();
  replaceWith(`${PATHS[view] ?? '/'}${rest === '' ? '' : `?${rest}`}${fragment}`);
}
