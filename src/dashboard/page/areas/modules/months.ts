/** The last twelve months, this one included, as days in a time zone. */

import type { Days } from '../../api/modules.js';
import { today } from '../../exact/time.js';

const MONTHS = 12;

export function lastMonths(timeZone: string, now: Date): Required<Days> {
  const endDate = today(timeZone, now);
  const [year = 0, month = 0] = endDate.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - MONTHS, 1));
  return { startDate: first.toISOString().slice(0, 10), endDate, timeZone };
}
