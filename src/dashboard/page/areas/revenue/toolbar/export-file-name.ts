/** The file name of an export, for browsers that ask for the name before the service has sent it. */

import type { Report } from '../../../api/revenue.js';

type Filter = Report['filter'];

/** File systems limit names to 255 bytes. */
const ID_MAX_CHARACTERS = 40;
const UNSAFE = /[^A-Za-z0-9._-]/g;

/**
 * Names a file like the service: after partners, modules, dates and the time zone. A test compares both.
 *
 * @param filter as the service returned it
 */
export function exportFileName(filter: Filter): string {
  const { owner, partnerIds, moduleIds, exceptModuleIds, startDate, endDate, timeZone, includeFree } = filter;
  const leftOut = named(exceptModuleIds, 'modules');
  const parts = [
    'module-revenue',
    owner !== null && `${owner}-modules`,
    named(partnerIds, 'partners'),
    named(moduleIds, 'modules'),
    leftOut !== false && `without-${leftOut}`,
    ...dates(startDate, endDate),
    timeZone !== 'UTC' && timeZone,
    includeFree && 'with-free',
  ];
  const texts = parts.flatMap((part) => (part === false ? [] : [part.replace(UNSAFE, '-')]));
  return `${texts.join('_')}.csv`;
}

function named(ids: readonly string[], plural: string): string | false {
  const [only] = ids;
  if (only === undefined) return false;
  return ids.length === 1 ? only.slice(0, ID_MAX_CHARACTERS) : `${ids.length}-${plural}`;
}

/** @param first null: open */
function dates(first: string | null, last: string | null): string[] {
  if (first !== null && last !== null) return [first, 'to', last];
  if (first !== null) return ['from', first];
  return last === null ? [] : ['until', last];
}
