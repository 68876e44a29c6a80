import { BROKEN_JSON, get, NONSENSE, send, type AccessRow } from './access-row.js';
import { WORLD } from './access-world.js';

/** The access of settings. */
export const ACCESS_OF_VARIABLES: Readonly<Record<string, AccessRow>> = {
  'GET /api/variables': {
    access: { finance: { own: 200, malformed: 400 }, admin: { own: 200, malformed: 400 } },
    calls: { own: get('/api/variables'), malformed: get(`/api/variables${NONSENSE}`) },
  },
  'GET /api/variables/{key}': {
    access: {
      finance: { own: 200, missing: 404, malformed: 400 },
      admin: { own: 200, missing: 404, malformed: 400 },
    },
    calls: {
      own: get('/api/variables/currency'),
      missing: get(`/api/variables/${WORLD.missing}`),
      malformed: get(`/api/variables/currency${NONSENSE}`),
    },
  },
  'PUT /api/variables/{key}': {
    access: { admin: { own: 200, missing: 404, malformed: 400 } },
    calls: {
      own: send('PUT', '/api/variables/partnerRevenueShare', () => ({ value: '30' })),
      missing: send('PUT', `/api/variables/${WORLD.missing}`, () => ({ value: '30' })),
      malformed: send('PUT', '/api/variables/partnerRevenueShare', () => BROKEN_JSON),
    },
  },
  'DELETE /api/variables/partnerRevenueShare/steps/{day}': {
    access: { admin: { missing: 404, malformed: 400 } },
    calls: {
      missing: send('DELETE', '/api/variables/partnerRevenueShare/steps/2026-03-01', () => undefined),
      malformed: send('DELETE', '/api/variables/partnerRevenueShare/steps/2026-02-30', () => undefined),
    },
  },
  'GET /api/variables/{key}/history': {
    access: {
      finance: { own: 200, missing: 404, malformed: 400 },
      admin: { own: 200, missing: 404, malformed: 400 },
    },
    calls: {
      own: get('/api/variables/currency/history'),
      missing: get(`/api/variables/${WORLD.missing}/history`),
      malformed: get(`/api/variables/currency/history${NONSENSE}`),
    },
  },
};
