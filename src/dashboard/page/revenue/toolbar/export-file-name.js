/** The file name of an export, for browsers that ask for the name before the service has sent it. */

/** @typedef {import('../../api/revenue.js').Report['filter']} Filter */

/** File systems limit names to 255 bytes. */
const ID_MAX_CHARACTERS = 40;
const UNSAFE = /[^A-Za-z0-9._-]/g;

/**
 * Names a file like the service: after partners, modules, dates and the time zone. A test compares both.
 *
 * @param {Filter} filter as the service returned it
 * @returns {string}
 */
export function exportFileName(filter) {
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

/**
 * @param {readonly string[]} ids
 * @param {string} plural
 * @returns {string | false}
 */
function named(ids, plural) {
  const [only] = ids;
  if (only === undefined) return false;
  return ids.length === 1 ? only.slice(0, ID_MAX_CHARACTERS) : `${ids.length}-${plural}`;
}

/**
 * @param {string | null} first
 * @param {string | null} last
 * @returns {string[]} null: open
 */
function dates(first, last) {
  if (first !== null && last !== null) return [first, 'to', last];
  if (first !== null) return ['from', first];
  return last === null ? [] : ['until', last];
}
