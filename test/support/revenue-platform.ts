import type { TestRecord } from './lines.js';

/** Partners, their modules and customers, with names that are difficult for CSV files and sorting. */
const PEOPLE: readonly TestRecord[] = [
  { type: 'user', id: 'acme', email: 'hello@acme.example', roles: ['partner'] },
  { type: 'user', id: 'bolt', email: '+sum@bolt.example', roles: ['partner'] },
  { type: 'user', id: 'idle', roles: ['partner'] },
  { type: 'user', id: 'ann', email: 'ann@customers.example', name: 'Ann Secret', roles: ['user'] },
  { type: 'user', id: 'bob', roles: ['user'] },
  { type: 'user', id: 'cem', email: '=cem@customers.example', name: 'Cem Secret', roles: ['user'] },
];

const MODULES: readonly TestRecord[] = [
  module('a-maps', 'acme', 'Maps, "big" ones'),
  module('a-atlas', 'acme', 'ätlas'),
  module('a-Zed', 'acme', 'maps, "BIG" ones'),
  module('a-sum', 'acme', '=SUM(A1:A9)'),
  module('a-wide', 'acme', '\u3000＋1 集計'),
  module('b-solo', 'bolt', ' @solo'),
  module('own-core', null, 'Core'),
];

/** Every module of the platform, by its partner; null: the platform's own. */
export const MODULE_PARTNERS: Readonly<Record<string, string | null>> = Object.fromEntries(
  MODULES.map((record) => [record['id'] as string, record['partnerId'] as string | null]),
);

const CUSTOMERS = ['ann', 'bob', 'cem'];
const MODULE_IDS = Object.keys(MODULE_PARTNERS);

/**
 * A small platform with all cases of a report: free and purchased credits at three prices, prices that do not divide
 * evenly, debts that are settled later, refunds in part and in full, and many deployments at one instant.
 *
 * @param deployments how many
 */
export function revenuePlatform(deployments = 120): TestRecord[] {
  return [...PEOPLE, ...MODULES, ...income(deployments), ...uses(deployments), ...refunds()];
}

function income(deployments: number): TestRecord[] {
  const scale = Math.ceil(deployments / 120);
  return CUSTOMERS.flatMap((userId, index) => [
    {
      type: 'award',
      externalId: `gift-${userId}`,
      userId,
      credits: '20',
      occurredAt: '2026-01-01T00:00:00Z',
      expiresAt: '2026-03-15T12:00:00Z',
    },
    purchase(`buy-1-${userId}`, userId, String(36 * scale), '19.99', '2026-01-02T00:00:00Z'),
    purchase(`buy-2-${userId}`, userId, String(22 * scale), `${7 + index}.000001`, '2026-02-10T10:00:00.5Z'),
    // Recorded after debts were made, and settles them.
    purchase(`buy-3-${userId}`, userId, String(15 * scale), '10', '2026-03-31T22:30:00.123456Z'),
  ]);
}

/** Costs of 1 to 4 credits at one of 40 instants, so that most rows share their instant and many their cost. */
function uses(deployments: number): TestRecord[] {
  return Array.from({ length: deployments }, (_, index) => ({
    type: 'deployment',
    id: `d-${String(index).padStart(4, '0')}`,
    userId: CUSTOMERS[index % CUSTOMERS.length],
    moduleId: MODULE_IDS[(index * 5) % MODULE_IDS.length],
    creditCost: index % 17 === 0 ? '0' : `${1 + (index % 4)}${index % 3 === 0 ? '.25' : ''}`,
    createdAt: new Date(Date.UTC(2026, 0, 5) + (index % 40) * 3 * 86_400_000 - 3_600_000).toISOString(),
  }));
}

function refunds(): TestRecord[] {
  return [
    { type: 'refund', externalId: 'back-1', deploymentId: 'd-0007', occurredAt: '2026-02-20T00:00:00Z' },
    {
      type: 'refund',
      externalId: 'back-2',
      deploymentId: 'd-0010',
      credits: '0.5',
      occurredAt: '2026-03-01T00:00:00Z',
      reason: 'Ann Secret did not like it',
    },
    { type: 'refund', externalId: 'back-3', deploymentId: 'd-0110', occurredAt: '2026-05-01T00:00:00Z' },
  ];
}

function purchase(
  externalId: string,
  userId: string,
  credits: string,
  amount: string,
  occurredAt: string,
): TestRecord {
  return { type: 'purchase', externalId, userId, credits, amount, occurredAt };
}

function module(id: string, partnerId: string | null, name: string): TestRecord {
  return { type: 'module', id, name, partnerId, creditCost: '1' };
}
