import { oneOf, seededRandom } from './random.js';
import type { Shape } from './shape.js';

const COSTS = ['1', '2.5', '5', '8', '12', '20', '49.99'];
const KINDS = ['Charts', 'Maps', 'Forms, long ones', 'Mail', 'Search', 'Billing', 'Chat', 'Video "live"'];

/** A user line of an import. */
export interface UserRecord {
  readonly type: 'user';
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly roles: readonly string[];
}

/** A module line of an import. */
export interface ModuleRecord {
  readonly type: 'module';
  readonly id: string;
  readonly name: string;
  readonly partnerId: string | null;
  readonly creditCost: string;
  readonly requiresPurchasedCredits: boolean;
}

/** A user's id by rank: scattered, so that the busiest users are not neighbours in any index. */
export const userId = (rank: number): string =>
  `u-${(Math.imul(rank + 1, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0')}`;

const partnerId = (rank: number): string => `p-${String(rank).padStart(4, '0')}`;

/** The partners and customers of a data set, as records of an import. */
export function* usersOf({ users, partners }: Shape): Generator<UserRecord> {
  for (let rank = 0; rank < partners; rank += 1) yield userRecord(partnerId(rank), 'partner');
  for (let rank = 0; rank < users; rank += 1) yield userRecord(userId(rank), 'user');
}

const userRecord = (id: string, role: string): UserRecord => ({
  type: 'user',
  id,
  email: `${id}@example.com`,
  name: `Name of ${id}`,
  roles: [role],
});

/** The modules, partner by partner and then the platform's own, as records of an import. */
export function modulesOf({ seed, partners, modulesPerPartner, platformModules }: Shape): ModuleRecord[] {
  const random = seededRandom(seed + 1);
  const modules: ModuleRecord[] = [];
  const add = (id: string, owner: string | null): void => {
    modules.push({
      type: 'module',
      id,
      name: `${KINDS[modules.length % KINDS.length]} ${id}`,
      partnerId: owner,
      creditCost: oneOf(COSTS, random),
      requiresPurchasedCredits: random() < 0.05,
    });
  };
  for (let rank = 0; rank < partners; rank += 1) {
    for (let n = 0; n < modulesPerPartner; n += 1)
      add(`m-${String(rank).padStart(4, '0')}-${n}`, partnerId(rank));
  }
  for (let n = 0; n < platformModules; n += 1) add(`m-own-${String(n).padStart(2, '0')}`, null);
  return modules;
}
