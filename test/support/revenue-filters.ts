import type { RevenueFilter } from '../../src/revenue/filter/revenue-filter.js';

/** Every deployment that ever was, those without revenue too. */
export const EVERYTHING: RevenueFilter = {
  startDate: null,
  endDate: null,
  from: null,
  to: null,
  timeZone: 'UTC',
  moduleIds: [],
  exceptModuleIds: [],
  partnerIds: [],
  owner: null,
  includeFree: true,
};
