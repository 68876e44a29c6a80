import { shareTimeline } from '../../src/domain/index.js';
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
  userIds: [],
  partnerIds: [],
  owner: null,
  includeFree: true,
};

/** 30 % for all time. */
export const ALWAYS_30 = shareTimeline([{ from: null, share: 300_000n }]);
