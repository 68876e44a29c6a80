import { BROKEN_ID, BROKEN_JSON, get, NONSENSE, send, type AccessRow, type Statuses } from './access-row.js';
import { READERS_OF_REVENUE } from './access-searches.js';
import { WORLD, type Walker } from './access-world.js';

const CLOSINGS = '/api/statements/closings';
const STATEMENTS = '/api/statements';
const OF_OTHERS = `${STATEMENTS}/${WORLD.otherStatement}`;

/** Callers who close months and pay. */
const closers = (statuses: Statuses): Partial<Record<Walker, Statuses>> => ({
  finance: statuses,
  admin: statuses,
});

/** Partners read their own statements; those of others do not exist for them. */
function readOfStatement(rest: string): AccessRow {
  return {
    access: READERS_OF_REVENUE,
    calls: {
      own: get(`${STATEMENTS}/${WORLD.ownStatement}${rest}`),
      foreign: get(`${OF_OTHERS}${rest}`),
      missing: get(`${STATEMENTS}/${WORLD.missing}${rest}`),
      malformed: get(`${STATEMENTS}/${BROKEN_ID}${rest}`),
    },
  };
}

function readOfPartner(path: string): AccessRow {
  return {
    access: READERS_OF_REVENUE,
    calls: {
      own: get(`${path}?partnerId=walk-partner`),
      foreign: get(`${path}?partnerId=${WORLD.otherPartner}`),
      missing: get(`${path}?partnerId=${WORLD.missing}`),
      malformed: get(`${path}?partnerId=a%20b`),
    },
  };
}

/** The access of closings, statements, payments and payouts. */
export const ACCESS_OF_STATEMENTS: Readonly<Record<string, AccessRow>> = {
  [`GET ${CLOSINGS}`]: {
    access: closers({ own: 200, malformed: 400 }),
    calls: { own: get(CLOSINGS), malformed: get(`${CLOSINGS}${NONSENSE}`) },
  },
  [`GET ${CLOSINGS}/{month}`]: {
    access: closers({ own: 200, missing: 404, malformed: 400 }),
    calls: {
      own: get(`${CLOSINGS}/${WORLD.closedMonth}`),
      missing: get(`${CLOSINGS}/2025-01`),
      malformed: get(`${CLOSINGS}/2026-13`),
    },
  },
  [`POST ${CLOSINGS}`]: {
    access: closers({ own: 200, malformed: 400 }),
    calls: {
      own: send('POST', CLOSINGS, () => ({ month: WORLD.closedMonth })),
      malformed: send('POST', CLOSINGS, () => BROKEN_JSON),
    },
  },
  [`POST ${CLOSINGS}/preview`]: {
    access: closers({ own: 200, malformed: 400 }),
    calls: {
      own: send('POST', `${CLOSINGS}/preview`, () => ({ month: '2026-03' })),
      malformed: send('POST', `${CLOSINGS}/preview`, () => BROKEN_JSON),
    },
  },
  [`GET ${STATEMENTS}`]: readOfPartner(STATEMENTS),
  [`GET ${STATEMENTS}/current`]: readOfPartner(`${STATEMENTS}/current`),
  [`GET ${STATEMENTS}/{id}`]: readOfStatement(''),
  [`GET ${STATEMENTS}/{id}/lines`]: readOfStatement('/lines'),
  [`GET ${STATEMENTS}/{id}/changes`]: readOfStatement('/changes'),
  [`GET ${STATEMENTS}/{id}/modules`]: readOfStatement('/modules'),
  [`GET ${STATEMENTS}/{id}/payments`]: readOfStatement('/payments'),
  [`POST ${STATEMENTS}/{id}/payments`]: {
    access: closers({ foreign: 201, missing: 404, malformed: 400 }),
    calls: {
      foreign: send('POST', `${OF_OTHERS}/payments`, (externalId) => ({
        externalId,
        amount: '0.01',
        paidAt: '2026-03-05T00:00:00Z',
      })),
      missing: send('POST', `${STATEMENTS}/${WORLD.missing}/payments`, () => ({
        paidAt: '2026-03-05T00:00:00Z',
      })),
      malformed: send('POST', `${OF_OTHERS}/payments`, () => BROKEN_JSON),
    },
  },
  'GET /api/payouts': {
    access: closers({ own: 200, missing: 404, malformed: 400 }),
    calls: {
      own: get(`/api/payouts?month=${WORLD.closedMonth}`),
      missing: get('/api/payouts?month=2025-01'),
      malformed: get('/api/payouts?month=2026-13'),
    },
  },
};
