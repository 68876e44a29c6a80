/** Ids can contain `:` or `|`, which file systems refuse. */
const UNSAFE = /[^A-Za-z0-9._-]/g;

/**
 * Builds a file name from the contents: `module-revenue_acme_maps_2026-05-01_to_2026-05-31.csv`. It is ASCII without
 * spaces or quotes, so a header needs no encoding for it.
 */
export function csvFileName(parts: readonly string[]): string {
  return `${parts.map((part) => part.replace(UNSAFE, '-')).join('_')}.csv`;
}

/** The parts of a file name for the requested range; null means an open end. */
export function fileNameDates(startDate: string | null, endDate: string | null): string[] {
  if (startDate !== null && endDate !== null) return [startDate, 'to', endDate];
  if (startDate !== null) return ['from', startDate];
  return endDate === null ? [] : ['until', endDate];
}
