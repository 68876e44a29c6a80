import { DRAWERS } from '../address/drawers.js';
import type { Place } from '../address/router.js';
import { areaAt, type Area } from './area.js';

/** What all areas with a range have in their addresses: it goes along from one to the next. */
const SHARED = ['range', 'startDate', 'endDate', 'timeZone'];

/** The last address of each area in this tab. */
const last = new Map<string, Place>();

/** Remembers the address of the area that is open. */
export function remember(place: Place, areas: readonly Area[]): void {
  const { area, id } = areaAt(place.path, areas);
  if (area !== undefined && id === null) last.set(area.path, place);
}

/** Whether an address is that of the area itself, and not of a thing in it. */
function isAt({ path }: Place, { path: own, aliases = [] }: Area): boolean {
  return [own, ...aliases].includes(path);
}

/** Where the navigation leads: to the area as it was left, with the range that is shown now. */
export function targetOf(area: Area, now: Place): string {
  const left = isAt(now, area) ? now : last.get(area.path);
  const query = new URLSearchParams(left?.search ?? '');
  const open = new URLSearchParams(now.search);
  for (const name of SHARED) {
    query.delete(name);
    for (const value of open.getAll(name)) query.append(name, value);
  }
  for (const name of DRAWERS) query.delete(name);
  const search = query.toString();
  return `${area.path}${search === '' ? '' : `?${search}`}${left?.fragment ?? ''}`;
}
