/** The periods of a chart as days. */

import { addDays, mondayOf, type Day } from '../../../exact/time.js';

/** @param key `2026-05-01`, `2026-W18` or `2026-05` */
export function daysOfPeriod(key: string): { readonly startDate: Day; readonly endDate: Day } {
  if (key.includes('W')) {
    const monday = mondayOf(key);
    return { startDate: monday, endDate: addDays(monday, 6) };
  }
  if (key.length > 7) return { startDate: key, endDate: key };
  const first = `${key}-01`;
  const next = addDays(first, 31).slice(0, 7);
  return { startDate: first, endDate: addDays(`${next}-01`, -1) };
}
