import type { Call } from './access-row.js';
import { WORLD } from './access-world.js';

/** Creates a request of the caller with this id; `fresh` is an id that is not used yet. */
type MoneyCall = (fresh: string, callerId: string) => Call;

/** The requests of a writing route, with and without money. */
export interface MoneyRow {
  /** Requests that write money: refused for callers who receive revenue. */
  readonly money: Readonly<Record<string, MoneyCall>>;
  /** Requests of the same route without money: allowed for callers who receive revenue. */
  readonly free?: Readonly<Record<string, MoneyCall>>;
}

/** A route that writes no money, or only reads by POST. */
const NO_MONEY: MoneyRow = { money: {} };

const TIME = '2026-03-01T00:00:00Z';

const post =
  (path: string, body: (fresh: string, callerId: string) => unknown): MoneyCall =>
  (fresh, callerId) => ({ method: 'POST', path, body: body(fresh, callerId) });

const put =
  (key: string, value: string): MoneyCall =>
  () => ({ method: 'PUT', path: `/api/variables/${key}`, body: { value } });

const line =
  (record: (fresh: string, callerId: string) => object): MoneyCall =>
  (fresh, callerId) => ({
    method: 'POST',
    path: '/api/imports',
    headers: { 'content-type': 'application/x-ndjson' },
    body: JSON.stringify(record(fresh, callerId)),
  });

/**
 * The routes that write money (docs/contract.md, "Callers": callers who receive revenue cannot record money). The test
 * compares its rows with the writing routes of the OpenAPI document: a new one without a row fails.
 */
export const MONEY_TABLE: Readonly<Record<string, MoneyRow>> = {
  'POST /api/auth/login': NO_MONEY,
  'PUT /api/auth/password': NO_MONEY,
  'POST /api/users': NO_MONEY,
  'PATCH /api/users/{id}': NO_MONEY,
  'POST /api/users/{id}/anonymise': NO_MONEY,
  'POST /api/modules': NO_MONEY,
  'PATCH /api/modules/{id}': NO_MONEY,
  'POST /api/revenue/search': NO_MONEY,
  'POST /api/revenue/summary/search': NO_MONEY,
  'POST /api/variables/partnerRevenueShare/preview': NO_MONEY,
  // Before the row that sets the share and so replaces all steps.
  'DELETE /api/variables/partnerRevenueShare/steps/{day}': {
    money: {
      'a step of the share': () => ({
        method: 'DELETE',
        path: '/api/variables/partnerRevenueShare/steps/2026-03-01',
      }),
    },
  },
  'POST /api/statements/closings': {
    money: { 'a closing': post('/api/statements/closings', () => ({ month: WORLD.closedMonth })) },
  },
  'POST /api/statements/closings/preview': NO_MONEY,
  'POST /api/statements/{id}/payments': {
    money: {
      'a payment of a rival': post(`/api/statements/${WORLD.otherStatement}/payments`, (externalId) => ({
        externalId,
        amount: '0.01',
        paidAt: TIME,
      })),
    },
  },
  'PUT /api/variables/{key}': {
    money: {
      'the share': put('partnerRevenueShare', '31'),
      'the rate': put('creditsPerUnit', '11'),
      'the minimum': put('minimumPayout', '5'),
    },
    free: { 'the time zone': put('timeZone', 'Europe/Berlin') },
  },
  'POST /api/deployments': {
    money: {
      'a charge of another user': post('/api/deployments', () => ({
        userId: WORLD.customer,
        moduleId: WORLD.ownModule,
      })),
      'a charge of another user at a stated cost': post('/api/deployments', (id) => ({
        id,
        userId: WORLD.customer,
        moduleId: WORLD.ownModule,
        creditCost: '400',
      })),
      'a charge of itself at a stated cost': post('/api/deployments', (id, userId) => ({
        id,
        userId,
        moduleId: WORLD.otherModule,
        creditCost: '0',
      })),
      'a fact': post('/api/deployments', () => ({
        userId: WORLD.customer,
        moduleId: WORLD.otherModule,
        createdAt: TIME,
      })),
    },
    free: {
      'a charge of itself': post('/api/deployments', () => ({ moduleId: WORLD.ownModule })),
      'a charge of itself by name': post('/api/deployments', (_, userId) => ({
        userId,
        moduleId: WORLD.ownModule,
      })),
    },
  },
  'POST /api/deployments/{id}/refunds': {
    money: {
      'a refund of a rival’s deployment': post(
        `/api/deployments/${WORLD.otherDeployment}/refunds`,
        (externalId) => ({ externalId, credits: '0.000001' }),
      ),
    },
  },
  'POST /api/credits/awards': {
    money: {
      'an award': post('/api/credits/awards', (externalId) => ({
        externalId,
        userId: WORLD.stranger,
        credits: '1',
      })),
    },
  },
  'POST /api/credits/awards/batches': {
    money: {
      'a batch of awards': post('/api/credits/awards/batches', (externalId) => ({
        externalId,
        userIds: [WORLD.stranger],
        credits: '1',
      })),
    },
  },
  'POST /api/credits/purchases': {
    money: {
      'a purchase of a user without deployments': post('/api/credits/purchases', (externalId) => ({
        externalId,
        userId: WORLD.stranger,
        credits: '1',
        amount: '100000',
      })),
    },
  },
  'POST /api/credits/purchases/{externalId}/refunds': {
    money: {
      'a refund of a purchase': post('/api/credits/purchases/canary-purchase/refunds', (externalId) => ({
        externalId,
        credits: '0.000001',
      })),
    },
  },
  'POST /api/credits/purchases/{externalId}/reversals': {
    money: {
      'a reversal of a purchase': post('/api/credits/purchases/canary-purchase/reversals', (externalId) => ({
        externalId,
        credits: '0.000001',
      })),
    },
  },
  'POST /api/credits/reversals/{externalId}/release': {
    money: {
      'a release of a reversal': post(`/api/credits/reversals/${WORLD.reversal}/release`, () => ({
        externalId: 'canary-release',
      })),
    },
  },
  'POST /api/credits/spends': {
    money: {
      'a spend': post('/api/credits/spends', (externalId) => ({
        externalId,
        userId: WORLD.stranger,
        credits: '0.000001',
        category: 'build',
      })),
    },
  },
  'POST /api/imports': {
    money: {
      'a line of an award': line((externalId) => ({
        ...{ type: 'award', externalId, userId: WORLD.stranger, credits: '1', occurredAt: TIME },
      })),
      'a line of a purchase': line((externalId) => ({
        ...{ type: 'purchase', externalId, userId: WORLD.stranger, credits: '1', occurredAt: TIME },
      })),
      'a line of a deployment': line((id) => ({
        ...{ type: 'deployment', id, userId: WORLD.customer, moduleId: WORLD.otherModule, createdAt: TIME },
      })),
      'a line of a spend': line((externalId) => ({
        ...{ type: 'spend', externalId, userId: WORLD.stranger, credits: '1', category: 'build' },
        occurredAt: TIME,
      })),
      'a line of a refund': line((externalId) => ({
        ...{ type: 'refund', externalId, deploymentId: WORLD.otherDeployment, credits: '0.000001' },
        occurredAt: TIME,
      })),
      'a line of a refund of a purchase': line((externalId) => ({
        ...{ type: 'purchaseRefund', externalId, purchaseExternalId: 'canary-purchase', credits: '0.000001' },
        occurredAt: TIME,
      })),
      'a line of a reversal': line((externalId) => ({
        ...{
          type: 'purchaseReversal',
          externalId,
          purchaseExternalId: 'canary-purchase',
          credits: '0.000001',
        },
        occurredAt: TIME,
      })),
      'a line of a release': line(() => ({
        ...{ type: 'reversalRelease', externalId: 'canary-release', reversalExternalId: WORLD.reversal },
        occurredAt: '2026-01-04T00:00:00Z',
      })),
    },
    free: {
      'a line of a user': line((id) => ({ type: 'user', id, roles: ['user'] })),
      'a line of a module of its own': line((id) => ({
        ...{ type: 'module', id, name: id, partnerId: 'walk-partner', creditCost: '1' },
      })),
    },
  },
};
