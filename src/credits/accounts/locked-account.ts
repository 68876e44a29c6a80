import type { EntityManager } from 'typeorm';
import {
  microsFromNumeric,
  type Entry,
  type EntryType,
  type Instant,
  type ModuleTerms,
} from '../../domain/index.js';
import { connectionOf, preparedQuery } from '../../platform/database/index.js';
import { entryOfRecord, recordOfJson } from '../ledger/entry-columns.js';
import { accountOf, partsByUser, type AccountParts, type StatesJson } from './account-json.js';
import { OpenAccount } from './open-account.js';

/** The account to lock, and what to look up with it. */
export interface LockQuery {
  readonly userId: string;
  /** The entry's own id, to find it if it is already recorded. */
  readonly entry: { readonly type: EntryType; readonly id: string };
  /** Set for a deployment. */
  readonly moduleId?: string;
  /** Set for a refund. */
  readonly deploymentId?: string;
}

/** A locked account with all stored state that one more entry at its end can touch. */
export interface LockedAccount {
  /** The database's clock, read under the lock. */
  readonly now: Instant;
  /** Null if there is no such user. All queries of one user share the same object. */
  readonly open: OpenAccount | null;
  readonly module: (ModuleTerms & { readonly archived: boolean }) | null;
  /** The entry that is recorded under the id, if any. */
  readonly recorded: { readonly userId: string; readonly entry: Entry } | null;
}

/** Another transaction has locked the account or the module, so neither was read. */
export interface LockedElsewhere {
  readonly lockedElsewhere: 'account' | 'module';
}

/** Locks the user's account for the manager's transaction and reads its state, in one statement. Waits for the lock. */
export async function lockAccount(query: LockQuery, manager: EntityManager): Promise<LockedAccount> {
  const [state] = await readStates([query], true, manager);
  if (state === undefined) throw new Error('There is no state for the query.');
  // A user or module that exists and is not locked was added between locking and reading.
  return 'lockedElsewhere' in state ? lockAccount(query, manager) : state;
}

/**
 * Does the same for several entries in one statement, without waiting: it skips accounts and modules that another
 * transaction has locked.
 *
 * @returns the states in the order of the queries
 */
export function lockFreeAccounts(
  queries: readonly LockQuery[],
  manager: EntityManager,
): Promise<(LockedAccount | LockedElsewhere)[]> {
  return readStates(queries, false, manager);
}

async function readStates(
  queries: readonly LockQuery[],
  isPatient: boolean,
  manager: EntityManager,
): Promise<(LockedAccount | LockedElsewhere)[]> {
  const [row] = await preparedQuery<{ states: StatesJson }>(
    await connectionOf(manager),
    'SELECT read_accounts_for_update($1, $2, $3, $4, $5, $6) AS states',
    [
      queries.map(({ userId }) => userId),
      queries.map(({ entry }) => entry.type),
      queries.map(({ entry }) => entry.id),
      queries.map(({ moduleId = null }) => moduleId),
      queries.map(({ deploymentId = null }) => deploymentId),
      isPatient,
    ],
  );
  if (row === undefined) throw new Error('read_accounts_for_update returned no row.');
  const states = new ReadStates(row.states);
  return queries.map((query) => states.of(query));
}

/** The result of one statement, split by query. */
class ReadStates {
  private readonly now: Instant;
  private readonly parts: ReadonlyMap<string, AccountParts>;
  private readonly locked: ReadonlySet<string>;
  private readonly opened = new Map<string, OpenAccount>();
  private readonly modules: ReadonlyMap<string, NonNullable<LockedAccount['module']>>;
  private readonly knownModules: ReadonlySet<string>;
  private readonly recorded: ReadonlyMap<string, NonNullable<LockedAccount['recorded']>>;

  constructor(json: StatesJson) {
    this.now = BigInt(json.now);
    this.parts = partsByUser(json);
    this.locked = new Set(json.lockedUserIds);
    this.modules = new Map(
      json.modules.map(({ id, creditCost, ...module }) => [
        id,
        { ...module, creditCost: microsFromNumeric(creditCost) },
      ]),
    );
    this.knownModules = new Set(json.knownModuleIds);
    this.recorded = new Map(
      json.recorded.map((row) => {
        const record = recordOfJson(row);
        return [`${record.type} ${record.id}`, { userId: record.userId, entry: entryOfRecord(record) }];
      }),
    );
  }

  of({ userId, entry, moduleId = '' }: LockQuery): LockedAccount | LockedElsewhere {
    const module = this.modules.get(moduleId) ?? null;
    if (module === null && this.knownModules.has(moduleId)) return { lockedElsewhere: 'module' };
    const parts = this.parts.get(userId);
    if (parts !== undefined && !this.locked.has(userId)) return { lockedElsewhere: 'account' };
    return {
      now: this.now,
      open: parts === undefined ? null : this.open(userId, parts),
      module,
      recorded: this.recorded.get(`${entry.type} ${entry.id}`) ?? null,
    };
  }

  private open(userId: string, parts: AccountParts): OpenAccount {
    const open = this.opened.get(userId) ?? openAccount(userId, parts);
    this.opened.set(userId, open);
    return open;
  }
}

function openAccount(userId: string, parts: AccountParts): OpenAccount {
  const deployedModules = new Map(
    parts.spends.flatMap(({ id, moduleId, partnerId }) =>
      moduleId === null ? [] : [[id, { moduleId, partnerId }] as const],
    ),
  );
  return new OpenAccount(userId, accountOf(parts), Number(parts.account.entries), deployedModules);
}
