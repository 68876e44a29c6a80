import type { RevenueFilter } from '../../src/revenue/filter/revenue-filter.js';

/** Every deployment, including those without revenue. */
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
