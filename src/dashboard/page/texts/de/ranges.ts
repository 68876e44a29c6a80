import type { Translation } from '../catalogue.js';
import type { texts as english } from '../en/ranges.js';

export const texts: Translation<typeof english> = {
  allTime: 'Gesamter Zeitraum',
  from: 'Ab {day}',
  last12Months: 'Letzte 12 Monate',
  last30Days: 'Letzte 30 Tage',
  last7Days: 'Letzte 7 Tage',
  lastMonth: 'Letzter Monat',
  lastQuarter: 'Letztes Quartal',
  lastYear: 'Letztes Jahr',
  thisMonth: 'Dieser Monat',
  thisQuarter: 'Dieses Quartal',
  thisYear: 'Dieses Jahr',
  upTo: 'Bis {day}',
};
