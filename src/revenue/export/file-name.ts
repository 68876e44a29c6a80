import { csvFileName, fileNameDates } from '../../platform/csv/index.js';
import type { AnsweredFilter } from '../filter/answered-filter.js';

/** File systems limit names to 255 bytes. */
const ID_MAX_CHARACTERS = 40;

/** Names of files do not mention this zone. */
const USUAL_ZONE = 'UTC';

/**
 * Names the file of an export after its filter, its dates and their time zone.
 *
 * @param filter its zone is null if no date needed one
 * @param contents what the file contains, the first part of the name
 */
export function exportFileName(
  filter: Omit<AnsweredFilter, 'from' | 'to' | 'timeZone'> & { readonly timeZone: string | null },
  contents = 'module-revenue',
): string {
  const { partnerIds, moduleIds, exceptModuleIds, userIds, owner, includeFree } = filter;
  const { startDate, endDate, timeZone } = filter;
  return csvFileName([
    contents,
    ...(owner === null ? [] : [`${owner}-modules`]),
    ...named(partnerIds, 'partners'),
    ...named(moduleIds, 'modules'),
    ...named(exceptModuleIds, 'modules').map((name) => `without-${name}`),
    ...named(userIds, 'customers').map((name) => `of-${name}`),
    ...fileNameDates(startDate, endDate),
    ...(timeZone === null || timeZone === USUAL_ZONE ? [] : [timeZone]),
    ...(includeFree ? ['with-free'] : []),
  ]);
}

function named(ids: readonly string[], plural: string): string[] {
  const [only] = ids;
  if (only === undefined) return [];
  return [ids.length === 1 ? only.slice(0, ID_MAX_CHARACTERS) : `${ids.length}-${plural}`];
}
