import {
  lotKey,
  microsFromNumeric,
  restoreAccount,
  spendKey,
  type Account,
  type Lot,
  type LotPool,
  type Allocation,
  type LedgerPosition,
  type Pool,
  type SpendState,
} from '../../domain/index.js';
import type { EntryRowJson } from '../ledger/entry-columns.js';

/** The JSON that read_accounts_for_update returns; numbers and instants are text. */
export interface StatesJson {
  readonly now: string;
  readonly lockedUserIds: readonly string[];
  /** Of each requested user who exists, locked or not. */
  readonly accounts: readonly AccountJson[];
  readonly lots: readonly LotJson[];
  readonly spends: readonly SpendJson[];
  readonly allocations: readonly AllocationJson[];
  /** Ids of the requested modules that exist, locked or not. */
  readonly knownModuleIds: readonly string[];
  readonly modules: readonly {
    readonly id: string;
    readonly creditCost: string;
    readonly partnerId: string | null;
    readonly requiresPurchasedCredits: boolean;
    readonly archived: boolean;
  }[];
  /** Whole rows of credit_entries. */
  readonly recorded: readonly EntryRowJson[];
}

interface OfUser {
  readonly userId: string;
}

interface AccountJson extends OfUser {
  readonly entries: string;
  readonly foldedToMicros: string | null;
  readonly foldedToType: LedgerPosition['type'] | null;
  readonly foldedToId: string | null;
}

interface LotJson extends OfUser {
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
  readonly reversedCredits: string;
  readonly reversedValue: string;
  readonly takings: number;
}

interface SpendJson extends OfUser {
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

interface AllocationJson extends OfUser {
  readonly spendType: SpendState['type'];
  readonly spendId: string;
  readonly lotPool: LotPool;
  readonly lotId: string;
  readonly taking: number;
  readonly takenCredits: string;
  readonly takenValue: string;
  readonly credits: string;
  readonly value: string;
  readonly paidAtMicros: string;
}

/** The rows of one user. */
export interface AccountParts {
  readonly account: AccountJson;
  readonly lots: LotJson[];
  readonly spends: SpendJson[];
  readonly allocations: AllocationJson[];
}

/** Groups the rows by user. */
export function partsByUser({ accounts, lots, spends, allocations }: StatesJson): Map<string, AccountParts> {
  const parts = new Map<string, AccountParts>(
    accounts.map((account) => [account.userId, { account, lots: [], spends: [], allocations: [] }]),
  );
  for (const lot of lots) parts.get(lot.userId)?.lots.push(lot);
  for (const spend of spends) parts.get(spend.userId)?.spends.push(spend);
  for (const allocation of allocations) parts.get(allocation.userId)?.allocations.push(allocation);
  return parts;
}

/** Builds the domain's account from a user's rows. */
export function accountOf(parts: AccountParts): Account {
  const lots = new Map(parts.lots.map((lot) => [lotKey(lot.pool, lot.id), lotOf(lot)]));
  const allocations = new Map<string, Allocation[]>();
  for (const json of parts.allocations) {
    const key = spendKey(json.spendType, json.spendId);
    const earlier = allocations.get(key) ?? [];
    allocations.set(key, [...earlier, allocationOf(json, lots)]);
  }
  const spends = parts.spends.map((json) =>
    spendOf(json, allocations.get(spendKey(json.type, json.id)) ?? []),
  );
  return restoreAccount(lots.values(), spends, positionOf(parts.account));
}

function positionOf({ foldedToMicros, foldedToType, foldedToId }: AccountJson): LedgerPosition | null {
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
    reversedCredits: microsFromNumeric(json.reversedCredits),
    reversedValue: microsFromNumeric(json.reversedValue),
    takings: json.takings,
  };
}

function spendOf(json: SpendJson, allocations: Allocation[]): SpendState {
  return {
    type: json.type,
    id: json.id,
    occurredAt: BigInt(json.occurredAtMicros),
    pool: json.pool,
    cost: microsFromNumeric(json.cost),
    allocations,
    unpaidCredits: microsFromNumeric(json.unpaidCredits),
    refundedCredits: microsFromNumeric(json.refundedCredits),
  };
}

function allocationOf(json: AllocationJson, lots: ReadonlyMap<string, Lot>): Allocation {
  const lot = lots.get(lotKey(json.lotPool, json.lotId));
  if (lot === undefined)
    throw new Error(`The ${json.lotPool} lot ${json.lotId} of an allocation is missing.`);
  return {
    lot,
    taking: json.taking,
    takenCredits: microsFromNumeric(json.takenCredits),
    takenValue: microsFromNumeric(json.takenValue),
    credits: microsFromNumeric(json.credits),
    value: microsFromNumeric(json.value),
    paidAt: BigInt(json.paidAtMicros),
  };
}
