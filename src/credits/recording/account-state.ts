import type { EntityManager } from 'typeorm';
import {
  lotKey,
  microsFromNumeric,
  restoreAccount,
  spendKey,
  type Account,
  type Entry,
  type EntryType,
  type Instant,
  type Lot,
  type LotPool,
  type ModuleTerms,
  type Piece,
  type Place,
  type Pool,
  type SpendState,
} from '../../domain/index.js';
import { connectionOf, preparedQuery } from '../../platform/database/index.js';
import { entryOf, type EntryRow } from '../persistence/entry-row.js';
import type { DeployedModule } from '../projection/projection-rows.js';

/** What to look up beside the account. */
export interface StateQuery {
  readonly userId: string;
  /** The entry's own id, to find it where it is recorded already. */
  readonly entry: { readonly type: EntryType; readonly id: string };
  /** Of a deployment. */
  readonly moduleId?: string;
  /** Of a refund. */
  readonly deploymentId?: string;
}

/** A locked account as it is stored, with what recording one more entry at its end can touch. */
export interface AccountState {
  /** The database's clock, read under the lock. */
  readonly now: Instant;
  /** Null where there is no such user. */
  readonly account: Account | null;
  /** How many entries the user has. */
  readonly entries: number;
  /** Of the deployments among the account's spends. */
  readonly deployedModules: ReadonlyMap<string, DeployedModule>;
  readonly module: (ModuleTerms & { readonly archived: boolean }) | null;
  /** What is recorded under the entry's id. */
  readonly recorded: { readonly userId: string; readonly entry: Entry } | null;
}

/** The JSON of read_account_for_update: numbers and instants as text. */
interface StateJson {
  readonly now: string;
  readonly account: {
    readonly entries: string;
    readonly foldedToMicros: string | null;
    readonly foldedToType: Place['type'] | null;
    readonly foldedToId: string | null;
  } | null;
  readonly lots: readonly LotJson[];
  readonly spends: readonly SpendJson[];
  readonly pieces: readonly PieceJson[];
  readonly module: {
    readonly creditCost: string;
    readonly partnerId: string | null;
    readonly requiresPurchasedCredits: boolean;
    readonly archived: boolean;
  } | null;
  readonly recorded: EntryRow | null;
}

interface LotJson {
  readonly pool: LotPool;
  readonly id: string;
  readonly openedAtMicros: string;
  readonly expiresAtMicros: string | null;
  readonly acquiredCredits: string;
  readonly acquiredValue: string;
  readonly leftCredits: string;
  readonly leftValue: string;
  readonly paidCredits: string;
  readonly paidValue: string;
  readonly lapsedCredits: string;
  readonly lapsedValue: string;
  readonly refundedCredits: string;
  readonly refundedValue: string;
}

interface SpendJson {
  readonly type: SpendState['type'];
  readonly id: string;
  readonly occurredAtMicros: string;
  readonly pool: Pool;
  readonly cost: string;
  readonly unpaidCredits: string;
  readonly refundedCredits: string;
  readonly moduleId: string | null;
  readonly partnerId: string | null;
}

interface PieceJson {
  readonly spendType: SpendState['type'];
  readonly spendId: string;
  readonly lotPool: LotPool;
  readonly lotId: string;
  readonly takenCredits: string;
  readonly takenValue: string;
  readonly credits: string;
  readonly value: string;
  readonly paidAtMicros: string;
}

/** Locks the user's account for the manager's transaction and reads its state: one statement. */
export async function lockAccountState(query: StateQuery, manager: EntityManager): Promise<AccountState> {
  const { userId, entry, moduleId = null, deploymentId = null } = query;
  const [row] = await preparedQuery<{ state: StateJson }>(
    await connectionOf(manager),
    'SELECT read_account_for_update($1, $2, $3, $4, $5) AS state',
    [userId, entry.type, entry.id, moduleId, deploymentId],
  );
  if (row === undefined) throw new Error('read_account_for_update gave no row.');
  const { state } = row;
  return {
    now: BigInt(state.now),
    account: state.account === null ? null : accountOf(state),
    entries: Number(state.account?.entries ?? 0),
    deployedModules: new Map(
      state.spends.flatMap(({ id, moduleId: deployed, partnerId }) =>
        deployed === null ? [] : [[id, { moduleId: deployed, partnerId }] as const],
      ),
    ),
    module:
      state.module === null
        ? null
        : { ...state.module, creditCost: microsFromNumeric(state.module.creditCost) },
    recorded:
      state.recorded === null ? null : { userId: state.recorded.userId, entry: entryOf(state.recorded) },
  };
}

function accountOf(state: StateJson): Account {
  const lots = new Map(state.lots.map((lot) => [lotKey(lot.pool, lot.id), lotOf(lot)]));
  const pieces = new Map<string, Piece[]>();
  for (const json of state.pieces) {
    const key = spendKey(json.spendType, json.spendId);
    const earlier = pieces.get(key) ?? [];
    pieces.set(key, [...earlier, pieceOf(json, lots)]);
  }
  const spends = state.spends.map((json) => spendOf(json, pieces.get(spendKey(json.type, json.id)) ?? []));
  return restoreAccount(lots.values(), spends, placeOf(state.account));
}

function placeOf(account: StateJson['account']): Place | null {
  const { foldedToMicros = null, foldedToType = null, foldedToId = null } = account ?? {};
  if (foldedToMicros === null || foldedToType === null || foldedToId === null) return null;
  return { occurredAt: BigInt(foldedToMicros), type: foldedToType, id: foldedToId };
}

function lotOf(json: LotJson): Lot {
  return {
    pool: json.pool,
    id: json.id,
    openedAt: BigInt(json.openedAtMicros),
    expiresAt: json.expiresAtMicros === null ? null : BigInt(json.expiresAtMicros),
    acquiredCredits: microsFromNumeric(json.acquiredCredits),
    acquiredValue: microsFromNumeric(json.acquiredValue),
    leftCredits: microsFromNumeric(json.leftCredits),
    leftValue: microsFromNumeric(json.leftValue),
    paidCredits: microsFromNumeric(json.paidCredits),
    paidValue: microsFromNumeric(json.paidValue),
    lapsedCredits: microsFromNumeric(json.lapsedCredits),
    lapsedValue: microsFromNumeric(json.lapsedValue),
    refundedCredits: microsFromNumeric(json.refundedCredits),
    refundedValue: microsFromNumeric(json.refundedValue),
  };
}

function spendOf(json: SpendJson, pieces: Piece[]): SpendState {
  return {
    type: json.type,
    id: json.id,
    occurredAt: BigInt(json.occurredAtMicros),
    pool: json.pool,
    cost: microsFromNumeric(json.cost),
    pieces,
    unpaidCredits: microsFromNumeric(json.unpaidCredits),
    refundedCredits: microsFromNumeric(json.refundedCredits),
  };
}

function pieceOf(json: PieceJson, lots: ReadonlyMap<string, Lot>): Piece {
  const lot = lots.get(lotKey(json.lotPool, json.lotId));
  if (lot === undefined) throw new Error(`The ${json.lotPool} lot ${json.lotId} of a piece is not stored.`);
  return {
    lot,
    takenCredits: microsFromNumeric(json.takenCredits),
    takenValue: microsFromNumeric(json.takenValue),
    credits: microsFromNumeric(json.credits),
    value: microsFromNumeric(json.value),
    paidAt: BigInt(json.paidAtMicros),
  };
}
