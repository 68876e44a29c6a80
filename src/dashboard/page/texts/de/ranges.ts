import type { Translation } from '../catalogue.js';
import type { texts as english } from '../en/ranges.js';

export const texts: Translation<typeof english> = {
  allTime: 'Gesamter Zeitraum',
  from: 'Ab {day}',
  last30Days: 'Letzte 30 Tage',
  lastMonth: 'Letzter Monat',
  thisMonth: 'Dieser Monat',
  thisQuarter: 'Dieses Quartal',
  thisYear: 'Dieses Jahr',
  upTo: 'Bis {day}',
};
