import { WORLD, type Walker } from './access-world.js';
import {
  BROKEN_ID,
  BROKEN_JSON,
  everyone,
  get,
  NONSENSE,
  send,
  type AccessRow,
  type Call,
  type Statuses,
} from './access-row.js';
import { ACCESS_OF_SIGN_IN } from './access-sign-in.js';
import { ACCESS_OF_STATEMENTS } from './access-statements.js';
import { ACCESS_OF_VARIABLES } from './access-variables.js';
import { ACCESS_OF_SEARCHES, READERS_OF_REVENUE } from './access-searches.js';

/** Callers that record credits and refunds. */
const writers = (statuses: Statuses): Partial<Record<Walker, Statuses>> => ({
  finance: statuses,
  admin: statuses,
  platform: statuses,
});

const openRoute = (path: string): AccessRow => ({
  access: 'public',
  calls: { own: get(path), malformed: get(`${path}${NONSENSE}`) },
  statuses: { own: 200, malformed: 400 },
});

/** All callers read their own credits, even without entries; those of others do not exist for users and partners. */
function readOfCredits(path: string): AccessRow {
  const ownOnly = { own: 200, foreign: 404, missing: 404, malformed: 400 };
  const everybodys = { ...ownOnly, foreign: 200 };
  return {
    access: {
      user: ownOnly,
      partner: ownOnly,
      finance: everybodys,
      admin: everybodys,
      platform: everybodys,
    },
    calls: {
      own: get(path),
      foreign: get(`${path}?userId=${WORLD.customer}`),
      missing: get(`${path}?userId=${WORLD.missing}`),
      malformed: get(`${path}?userId=a%20b`),
    },
  };
}

/**
 * The access of every route (docs/contract.md, "Callers"). The access walk compares the rows with the OpenAPI document:
 * a route without a row fails, and so does a row without a route.
 */
export const ACCESS_TABLE: Readonly<Record<string, AccessRow>> = {
  'GET /metrics': openRoute('/metrics'),
  'GET /api/health/live': openRoute('/api/health/live'),
  'GET /api/health/ready': openRoute('/api/health/ready'),

  ...ACCESS_OF_SIGN_IN,

  'GET /api/users': {
    access: {
      finance: { own: 200, malformed: 400 },
      admin: { own: 200, malformed: 400 },
      platform: { own: 200, malformed: 400 },
    },
    calls: { own: get('/api/users'), malformed: get(`/api/users${NONSENSE}`) },
  },
  'POST /api/users': {
    // Foreign: roles that the platform cannot give.
    access: {
      admin: { own: 201, foreign: 201, malformed: 400 },
      platform: { own: 201, foreign: 403, malformed: 400 },
    },
    calls: {
      own: send('POST', '/api/users', (id) => ({ id, roles: ['user', 'partner'] })),
      foreign: send('POST', '/api/users', (id) => ({ id, roles: ['finance'] })),
      malformed: send('POST', '/api/users', () => BROKEN_JSON),
    },
  },
  'GET /api/users/{id}': {
    access: {
      finance: { own: 200, foreign: 200, missing: 404, malformed: 400 },
      admin: { own: 200, foreign: 200, missing: 404, malformed: 400 },
      platform: { own: 200, foreign: 200, missing: 404, malformed: 400 },
    },
    calls: {
      own: get('/api/users/walk-user'),
      foreign: get(`/api/users/${WORLD.customer}`),
      missing: get(`/api/users/${WORLD.missing}`),
      malformed: get(`/api/users/${BROKEN_ID}`),
    },
  },
  'PATCH /api/users/{id}': {
    // Foreign: a user with the role finance, whom the platform cannot change.
    access: {
      admin: { own: 200, foreign: 200, missing: 404, malformed: 400 },
      platform: { own: 200, foreign: 403, missing: 404, malformed: 400 },
    },
    calls: {
      own: send('PATCH', '/api/users/walk-user', () => ({ name: 'Walk User' })),
      foreign: send('PATCH', '/api/users/walk-finance', () => ({ name: 'Walk Finance' })),
      missing: send('PATCH', `/api/users/${WORLD.missing}`, () => ({ name: 'Nobody' })),
      malformed: send('PATCH', '/api/users/walk-user', () => BROKEN_JSON),
    },
  },
  'POST /api/users/{id}/anonymise': {
    // Foreign: the caller, because administrators cannot anonymise themselves.
    access: { admin: { own: 200, foreign: 403, missing: 404, malformed: 400 } },
    calls: {
      own: () => ({ method: 'POST', path: '/api/users/walk-leaver/anonymise' }),
      foreign: () => ({ method: 'POST', path: '/api/users/walk-admin/anonymise' }),
      missing: () => ({ method: 'POST', path: `/api/users/${WORLD.missing}/anonymise` }),
      malformed: () => ({ method: 'POST', path: `/api/users/${BROKEN_ID}/anonymise` }),
    },
  },

  'GET /api/modules': {
    access: everyone({ own: 200, malformed: 400 }),
    calls: { own: get('/api/modules'), malformed: get(`/api/modules${NONSENSE}`) },
  },
  'GET /api/modules/{id}': {
    access: everyone({ own: 200, foreign: 200, missing: 404, malformed: 400 }),
    calls: {
      own: get(`/api/modules/${WORLD.ownModule}`),
      foreign: get(`/api/modules/${WORLD.otherModule}`),
      missing: get(`/api/modules/${WORLD.missing}`),
      malformed: get(`/api/modules/${BROKEN_ID}`),
    },
  },
  'POST /api/modules': {
    access: {
      partner: { own: 201, foreign: 403, missing: 403, malformed: 400 },
      admin: { own: 201, foreign: 201, missing: 422, malformed: 400 },
      platform: { own: 201, foreign: 201, missing: 422, malformed: 400 },
    },
    calls: {
      own: send('POST', '/api/modules', (id) => moduleOf(id, 'walk-partner')),
      foreign: send('POST', '/api/modules', (id) => moduleOf(id, WORLD.otherPartner)),
      missing: send('POST', '/api/modules', (id) => moduleOf(id, WORLD.missing)),
      malformed: send('POST', '/api/modules', () => BROKEN_JSON),
    },
  },
  'PATCH /api/modules/{id}': {
    access: {
      partner: { own: 200, foreign: 403, missing: 404, malformed: 400 },
      admin: { own: 200, foreign: 200, missing: 404, malformed: 400 },
      platform: { own: 200, foreign: 200, missing: 404, malformed: 400 },
    },
    calls: {
      own: send('PATCH', `/api/modules/${WORLD.ownModule}`, () => ({ creditCost: '10' })),
      foreign: send('PATCH', `/api/modules/${WORLD.otherModule}`, () => ({ creditCost: '10' })),
      missing: send('PATCH', `/api/modules/${WORLD.missing}`, () => ({ creditCost: '10' })),
      malformed: send('PATCH', `/api/modules/${WORLD.ownModule}`, () => BROKEN_JSON),
    },
  },

  'GET /api/settings': {
    access: everyone({ own: 200, malformed: 400 }),
    calls: { own: get('/api/settings'), malformed: get(`/api/settings${NONSENSE}`) },
  },

  ...ACCESS_OF_VARIABLES,
  ...ACCESS_OF_SEARCHES,
  ...ACCESS_OF_STATEMENTS,

  'GET /api/audit': {
    access: { admin: { own: 200, malformed: 400 } },
    calls: { own: get('/api/audit'), malformed: get('/api/audit?actor=a%20b') },
  },

  'GET /api/revenue': {
    access: READERS_OF_REVENUE,
    calls: {
      own: get(`/api/revenue?moduleId=${WORLD.ownModule}`),
      foreign: get(`/api/revenue?moduleId=${WORLD.otherModule}`),
      missing: get(`/api/revenue?moduleId=${WORLD.missing}`),
      malformed: get('/api/revenue?moduleId=a%20b'),
    },
  },
  'GET /api/revenue/summary': {
    access: READERS_OF_REVENUE,
    calls: {
      own: get(`/api/revenue/summary?groupBy=month&moduleId=${WORLD.ownModule}`),
      foreign: get(`/api/revenue/summary?groupBy=month&moduleId=${WORLD.otherModule}`),
      missing: get(`/api/revenue/summary?groupBy=month&moduleId=${WORLD.missing}`),
      malformed: get('/api/revenue/summary?groupBy=year'),
    },
  },
  'GET /api/revenue/{deploymentId}': {
    access: READERS_OF_REVENUE,
    calls: {
      own: get(`/api/revenue/${WORLD.ownDeployment}`),
      foreign: get(`/api/revenue/${WORLD.otherDeployment}`),
      missing: get(`/api/revenue/${WORLD.missing}`),
      malformed: get(`/api/revenue/${BROKEN_ID}`),
    },
  },

  'POST /api/deployments': {
    // Own: for the caller; the walk's back end and administrator are not recorded, and finance cannot charge.
    access: {
      user: { own: 201, foreign: 404, missing: 422, malformed: 400 },
      partner: { own: 201, foreign: 404, missing: 422, malformed: 400 },
      finance: { own: 403, foreign: 403, missing: 403, malformed: 400 },
      admin: { own: 422, foreign: 201, missing: 422, malformed: 400 },
      platform: { own: 422, foreign: 201, missing: 422, malformed: 400 },
    },
    calls: {
      own: send('POST', '/api/deployments', () => ({ moduleId: WORLD.ownModule })),
      foreign: send('POST', '/api/deployments', () => ({
        moduleId: WORLD.ownModule,
        userId: WORLD.customer,
      })),
      missing: send('POST', '/api/deployments', () => ({ moduleId: WORLD.missing })),
      malformed: send('POST', '/api/deployments', () => BROKEN_JSON),
    },
  },
  'GET /api/deployments/{id}': {
    // Own: of the user. For the partner of its module it does not exist.
    access: {
      user: { own: 200, foreign: 404, missing: 404, malformed: 400 },
      partner: { own: 404, foreign: 404, missing: 404, malformed: 400 },
      finance: { own: 200, foreign: 200, missing: 404, malformed: 400 },
      admin: { own: 200, foreign: 200, missing: 404, malformed: 400 },
      platform: { own: 200, foreign: 200, missing: 404, malformed: 400 },
    },
    calls: {
      own: get(`/api/deployments/${WORLD.userDeployment}`),
      foreign: get(`/api/deployments/${WORLD.ownDeployment}`),
      missing: get(`/api/deployments/${WORLD.missing}`),
      malformed: get(`/api/deployments/${BROKEN_ID}`),
    },
  },
  'GET /api/signals': {
    access: { finance: { own: 200, malformed: 400 }, admin: { own: 200, malformed: 400 } },
    calls: { own: get('/api/signals?month=2026-02'), malformed: get('/api/signals?month=2026-13') },
  },
  'POST /api/deployments/{id}/refunds': {
    access: writers({ foreign: 201, missing: 404, malformed: 400 }),
    calls: {
      foreign: send('POST', `/api/deployments/${WORLD.otherDeployment}/refunds`, () => ({
        credits: '0.000001',
      })),
      missing: send('POST', `/api/deployments/${WORLD.missing}/refunds`, () => ({})),
      malformed: send('POST', `/api/deployments/${WORLD.otherDeployment}/refunds`, () => BROKEN_JSON),
    },
  },
  'POST /api/credits/awards': {
    access: writers({ foreign: 201, missing: 422, malformed: 400 }),
    calls: {
      foreign: send('POST', '/api/credits/awards', () => ({ userId: WORLD.customer, credits: '1' })),
      missing: send('POST', '/api/credits/awards', () => ({ userId: WORLD.missing, credits: '1' })),
      malformed: send('POST', '/api/credits/awards', () => BROKEN_JSON),
    },
  },
  'POST /api/credits/awards/batches': {
    access: writers({ foreign: 202, malformed: 400 }),
    calls: {
      foreign: send('POST', '/api/credits/awards/batches', (externalId) => ({
        externalId,
        userIds: [WORLD.customer],
        credits: '1',
      })),
      malformed: send('POST', '/api/credits/awards/batches', () => BROKEN_JSON),
    },
  },
  'GET /api/credits/awards/batches/{externalId}': {
    access: writers({ foreign: 200, missing: 404, malformed: 400 }),
    calls: {
      foreign: get(`/api/credits/awards/batches/${WORLD.batch}`),
      missing: get(`/api/credits/awards/batches/${WORLD.missing}`),
      malformed: get(`/api/credits/awards/batches/${BROKEN_ID}`),
    },
  },
  'POST /api/credits/purchases': {
    access: writers({ foreign: 201, missing: 422, malformed: 400 }),
    calls: {
      foreign: send('POST', '/api/credits/purchases', () => ({ userId: WORLD.customer, credits: '1' })),
      missing: send('POST', '/api/credits/purchases', () => ({ userId: WORLD.missing, credits: '1' })),
      malformed: send('POST', '/api/credits/purchases', () => BROKEN_JSON),
    },
  },
  'POST /api/credits/purchases/{externalId}/refunds': {
    access: writers({ foreign: 201, missing: 404, malformed: 400 }),
    calls: {
      foreign: send('POST', '/api/credits/purchases/canary-purchase/refunds', () => ({
        credits: '0.000001',
      })),
      missing: send('POST', `/api/credits/purchases/${WORLD.missing}/refunds`, () => ({})),
      malformed: send('POST', '/api/credits/purchases/canary-purchase/refunds', () => BROKEN_JSON),
    },
  },
  'POST /api/credits/purchases/{externalId}/reversals': {
    access: writers({ foreign: 201, missing: 404, malformed: 400 }),
    calls: {
      foreign: send('POST', '/api/credits/purchases/canary-purchase/reversals', () => ({
        credits: '0.000001',
      })),
      missing: send('POST', `/api/credits/purchases/${WORLD.missing}/reversals`, () => ({})),
      malformed: send('POST', '/api/credits/purchases/canary-purchase/reversals', () => BROKEN_JSON),
    },
  },
  'POST /api/credits/reversals/{externalId}/release': {
    // A reversal is released once, so every caller gets the recorded release again.
    access: writers({ foreign: 200, missing: 404, malformed: 400 }),
    calls: {
      foreign: send('POST', `/api/credits/reversals/${WORLD.reversal}/release`, () => ({
        externalId: 'canary-release',
      })),
      missing: send('POST', `/api/credits/reversals/${WORLD.missing}/release`, () => ({})),
      malformed: send('POST', `/api/credits/reversals/${WORLD.reversal}/release`, () => BROKEN_JSON),
    },
  },
  'POST /api/credits/spends': {
    access: {
      admin: { foreign: 201, missing: 422, malformed: 400 },
      platform: { foreign: 201, missing: 422, malformed: 400 },
    },
    calls: {
      foreign: send('POST', '/api/credits/spends', () => spendOf(WORLD.customer)),
      missing: send('POST', '/api/credits/spends', () => spendOf(WORLD.missing)),
      malformed: send('POST', '/api/credits/spends', () => BROKEN_JSON),
    },
  },

  'GET /api/credits/balance': readOfCredits('/api/credits/balance'),
  'GET /api/credits/history': readOfCredits('/api/credits/history'),

  'POST /api/imports': {
    access: { admin: { own: 200, malformed: 400 }, platform: { own: 200, malformed: 400 } },
    calls: {
      own: (id) => importOf('/api/imports', { type: 'user', id, roles: ['user'] }),
      malformed: (id) => importOf(`/api/imports${NONSENSE}`, { type: 'user', id, roles: ['user'] }),
    },
  },
};

function moduleOf(id: string, partnerId: string): object {
  return { id, name: `Module ${id}`, partnerId, creditCost: '1' };
}

function spendOf(userId: string): object {
  return { userId, credits: '0.000001', category: 'build' };
}

function importOf(path: string, line: object): Call {
  return {
    method: 'POST',
    path,
    headers: { 'content-type': 'application/x-ndjson' },
    body: JSON.stringify(line),
  };
}
