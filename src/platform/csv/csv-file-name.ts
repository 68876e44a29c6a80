/** Ids may hold `:` or `|`, which file systems refuse. */
const UNSAFE = /[^A-Za-z0-9._-]/g;

/**
 * Names a file after its contents: `module-revenue_acme_maps_2026-05-01_to_2026-05-31.csv`. ASCII without spaces or
 * quotes, so that it needs no encoding in a header.
 */
export function csvFileName(parts: readonly string[]): string {
  return `${parts.map((part) => part.replace(UNSAFE, '-')).join('_')}.csv`;
}

/** The parts of a file's name that tell its range, as it was asked for; null: open. */
export function fileNameDates(startDate: string | null, endDate: string | null): string[] {
  if (startDate !== null && endDate !== null) return [startDate, 'to', endDate];
  if (startDate !== null) return ['from', startDate];
  return endDate === null ? [] : ['until', endDate];
}
