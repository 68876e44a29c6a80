import type { RevenueFilter } from '../filter/revenue-filter.js';

/** Ids may hold `:` or `|`, which file systems refuse. */
const UNSAFE = /[^A-Za-z0-9._-]/g;
/** File systems take 255 bytes. */
const ID_MAX_CHARACTERS = 40;

/**
 * Names the file of an export after its filter and dates: `module-revenue_acme_maps_2026-05-01_to_2026-05-31.csv`.
 * ASCII without spaces or quotes, so that it needs no encoding in a header.
 */
export function exportFileName(filter: RevenueFilter): string {
  const { partnerIds, moduleIds, owner, includeFree, startDate, endDate } = filter;
  const parts = [
    'module-revenue',
    ...(owner === null ? [] : [`${owner}-modules`]),
    ...named(partnerIds, 'partners'),
    ...named(moduleIds, 'modules'),
    ...dates(startDate, endDate),
    ...(includeFree ? ['with-free'] : []),
  ];
  return `${parts.map((part) => part.replace(UNSAFE, '-')).join('_')}.csv`;
}

function named(ids: readonly string[], plural: string): string[] {
  const [only] = ids;
  if (only === undefined) return [];
  return [ids.length === 1 ? only.slice(0, ID_MAX_CHARACTERS) : `${ids.length}-${plural}`];
}

function dates(startDate: string | null, endDate: string | null): string[] {
  if (startDate !== null && endDate !== null) return [startDate, 'to', endDate];
  if (startDate !== null) return ['from', startDate];
  return endDate === null ? [] : ['until', endDate];
}
