import { BROKEN_JSON, get, send, type AccessRow, type Statuses, type Target } from './access-row.js';
import { WORLD, type Walker } from './access-world.js';

/** Partners read their own modules; those of others do not exist for them. */
export const READERS_OF_REVENUE: Partial<Record<Walker, Statuses>> = {
  partner: { own: 200, foreign: 404, missing: 404, malformed: 400 },
  finance: { own: 200, foreign: 200, missing: 404, malformed: 400 },
  admin: { own: 200, foreign: 200, missing: 404, malformed: 400 },
};

const PREVIEW = '/api/variables/partnerRevenueShare/preview';

/** Reads with their filter in a body have the same access as those by GET. */
export const ACCESS_OF_SEARCHES: Readonly<Record<string, AccessRow>> = {
  'POST /api/revenue/search': searchOfRevenue('/api/revenue/search', {}),
  'POST /api/revenue/summary/search': searchOfRevenue('/api/revenue/summary/search', { groupBy: 'month' }),
  'GET /api/variables/partnerRevenueShare/preview': {
    access: {
      finance: { own: 200, missing: 404, malformed: 400 },
      admin: { own: 200, missing: 404, malformed: 400 },
    },
    calls: {
      own: get('/api/variables/partnerRevenueShare/preview?value=35'),
      missing: get(`/api/variables/partnerRevenueShare/preview?value=35&partnerId=${WORLD.missing}`),
      malformed: get('/api/variables/partnerRevenueShare/preview?value=101'),
    },
  },
  [`POST ${PREVIEW}`]: {
    access: {
      finance: { own: 200, missing: 404, malformed: 400 },
      admin: { own: 200, missing: 404, malformed: 400 },
    },
    calls: {
      own: send('POST', PREVIEW, () => ({ value: '35' })),
      missing: send('POST', PREVIEW, () => ({ value: '35', partnerId: [WORLD.missing] })),
      malformed: send('POST', PREVIEW, () => BROKEN_JSON),
    },
  },
};

function searchOfRevenue(path: string, body: object): AccessRow {
  const of = (moduleId: string): AccessRow['calls'][Target] =>
    send('POST', path, () => ({ ...body, moduleId: [moduleId] }));
  return {
    access: READERS_OF_REVENUE,
    calls: {
      own: of(WORLD.ownModule),
      foreign: of(WORLD.otherModule),
      missing: of(WORLD.missing),
      malformed: send('POST', path, () => BROKEN_JSON),
    },
  };
}
