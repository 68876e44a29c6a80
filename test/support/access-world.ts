import { setTimeout as sleep } from 'node:timers/promises';
import { send, type TestRequest } from './http-client.js';
import type { TestService } from './service.js';
import { tokenOf } from './tokens.js';

/** The callers of the access walk: one of each role, and callers without access. */
export const WALKERS = {
  user: tokenOf('walk-user', ['user']),
  partner: tokenOf('walk-partner', ['partner']),
  finance: tokenOf('walk-finance', ['finance']),
  admin: tokenOf('walk-admin', ['admin']),
  platform: tokenOf('walk-platform', ['platform']),
} as const;

export type Walker = keyof typeof WALKERS;

/** The users and objects of the walk. Own means: of the partner, and of the user if users can have any. */
export const WORLD = {
  ownModule: 'own-module',
  ownDeployment: 'own-deployment',
  otherModule: 'canary-module',
  otherDeployment: 'canary-deployment',
  platformDeployment: 'canary-platform-deployment',
  /** The user's own deployment, of the platform's module. */
  userDeployment: 'user-deployment',
  customer: 'canary-customer',
  /** A user without deployments. */
  stranger: 'walk-stranger',
  batch: 'canary-batch',
  reversal: 'canary-reversal',
  otherPartner: 'canary-partner',
  closedMonth: '2026-02',
  ownStatement: 'walk-partner.2026-02',
  otherStatement: 'canary-partner.2026-02',
  missing: 'nobody-and-nothing',
  login: { email: 'signs.in@example.com', password: 'a password of the walk' },
} as const;

/** Texts that no answer to a partner or a user can contain, in any field or message. */
export const CANARIES: readonly string[] = [
  WORLD.customer,
  WORLD.otherPartner,
  WORLD.otherDeployment,
  WORLD.platformDeployment,
  'canary.customer@secret.example',
  'Canary Customer',
  'canary.partner@secret.example',
  'Canary Partner',
  'canary reason',
  'canary-purchase',
  'canary-award',
  'canary-refund',
  'canary-reversal',
  'canary-release',
  '7810.77', // What the customer bought.
  '781.077', // What it paid for that.
  '7791.77', // Its balance before own-deployment.
];

/** Every role can read the catalogue; in all other answers a foreign module is a canary too. */
export const CATALOGUE_CANARIES: readonly string[] = [WORLD.otherModule, 'Canary Module'];

const LINES = [
  { type: 'user', id: 'walk-user', roles: ['user'] },
  { type: 'user', id: 'walk-leaver', roles: ['user'] },
  { type: 'user', id: WORLD.stranger, roles: ['user'] },
  { type: 'user', id: 'walk-partner', roles: ['partner'], email: 'own@example.com', name: 'Own Partner' },
  {
    type: 'user',
    id: WORLD.otherPartner,
    roles: ['partner'],
    email: 'canary.partner@secret.example',
    name: 'Canary Partner',
  },
  {
    type: 'user',
    id: WORLD.customer,
    roles: ['user'],
    email: 'canary.customer@secret.example',
    name: 'Canary Customer',
  },
  { type: 'module', id: WORLD.ownModule, name: 'Own Module', partnerId: 'walk-partner', creditCost: '10' },
  {
    type: 'module',
    id: WORLD.otherModule,
    name: 'Canary Module',
    partnerId: WORLD.otherPartner,
    creditCost: '10',
  },
  { type: 'module', id: 'platform-module', name: 'Platform Module', partnerId: null, creditCost: '10' },
  {
    type: 'award',
    externalId: 'canary-award',
    userId: WORLD.customer,
    credits: '1',
    occurredAt: '2026-01-01T00:00:00Z',
    reason: 'canary reason',
  },
  {
    type: 'purchase',
    externalId: 'canary-purchase',
    userId: WORLD.customer,
    credits: '7810.77',
    amount: '781.077',
    occurredAt: '2026-01-02T00:00:00Z',
  },
  {
    type: 'purchaseReversal',
    externalId: WORLD.reversal,
    purchaseExternalId: 'canary-purchase',
    credits: '1',
    occurredAt: '2026-01-03T00:00:00Z',
    reason: 'chargeback',
  },
  {
    type: 'reversalRelease',
    externalId: 'canary-release',
    reversalExternalId: WORLD.reversal,
    occurredAt: '2026-01-04T00:00:00Z',
  },
  ...[
    [WORLD.ownDeployment, WORLD.ownModule],
    [WORLD.otherDeployment, WORLD.otherModule],
    [WORLD.platformDeployment, 'platform-module'],
    ['refunded-deployment', WORLD.ownModule],
  ].map(([id, moduleId]) => ({
    type: 'deployment',
    id,
    userId: WORLD.customer,
    moduleId,
    createdAt: '2026-02-01T00:00:00Z',
  })),
  {
    type: 'award',
    externalId: 'user-award',
    userId: 'walk-user',
    credits: '5000',
    occurredAt: '2026-01-01T00:00:00Z',
  },
  {
    type: 'deployment',
    id: WORLD.userDeployment,
    userId: 'walk-user',
    moduleId: 'platform-module',
    createdAt: '2026-02-01T00:00:00Z',
  },
  {
    type: 'refund',
    externalId: 'canary-refund',
    deploymentId: 'refunded-deployment',
    credits: '4',
    occurredAt: '2026-02-02T00:00:00Z',
    reason: 'canary reason',
  },
];

/** Records the data of the walk in an empty service. */
export async function settleWorld(service: TestService): Promise<void> {
  const asAdmin = async (path: string, request: TestRequest): Promise<void> => {
    const answer = await send(`${service.url}${path}`, { method: 'POST', token: WALKERS.admin, ...request });
    if (answer.status >= 300) throw new Error(`${path}: ${answer.text}`);
  };
  await asAdmin('/api/users', { body: { id: 'walk-login', roles: ['user'], ...WORLD.login } });
  await asAdmin('/api/users', { body: { id: 'walk-finance', roles: ['finance'] } });
  await asAdmin('/api/imports', {
    headers: { 'content-type': 'application/x-ndjson' },
    body: LINES.map((line) => JSON.stringify(line)).join('\n'),
  });
  await asAdmin('/api/statements/closings', { body: { month: WORLD.closedMonth } });
  await asAdmin('/api/credits/awards/batches', {
    body: { externalId: WORLD.batch, userIds: [WORLD.missing], credits: '1' },
  });
  await untilBatchesRest(service);
}

/** Waits for background work, which would change rows under a test that compares them. */
async function untilBatchesRest(service: TestService): Promise<void> {
  const address = `${service.url}/api/credits/awards/batches/${WORLD.batch}`;
  for (;;) {
    const answer = await send(address, { token: WALKERS.admin });
    if (answer.json<{ finishedAt: string | null }>().finishedAt !== null) return;
    await sleep(10);
  }
}
