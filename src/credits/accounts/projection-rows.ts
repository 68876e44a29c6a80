import {
  figuresOf,
  formatDecimal,
  formatInstant,
  type Account,
  type Lot,
  type Allocation,
  type SpendState,
} from '../../domain/index.js';
import type { BinaryCell } from '../../platform/database/binary-copy-writer.js';
import type { CopyRow } from '../../platform/database/copy-rows.js';
import type { UserHistory } from '../ledger/ledger-reader.js';
import { PROJECTION_TABLES, type ColumnKind, type ProjectionName } from './projection-tables.js';

/** Results of the fold for one or several users: rows of canonical text, which can be compared, in column order. */
export type ProjectionRows = Readonly<Record<ProjectionName, CopyRow[]>>;

/** Empty lists, to be filled by `addProjection`. */
export function emptyProjection(): ProjectionRows {
  return { lots: [], allocations: [], debts: [], deployments: [], accounts: [] };
}

/** The user of the rows, and those columns that do not come from the fold. */
export interface ProjectionSubject {
  readonly userId: string;
  /** Number of the user's entries. */
  readonly entries: number;
  /** By deployment id: the module and its partner, which is null for the platform. */
  readonly deployedModules: ReadonlyMap<string, DeployedModule>;
}

export interface DeployedModule {
  readonly moduleId: string;
  readonly partnerId: string | null;
}

/** Adds the rows of one user's folded history. */
export function addProjection(rows: ProjectionRows, history: UserHistory, account: Account): void {
  addAccountRows(rows, subjectOf(history), account);
}

/** The subject for the rows of a whole history. */
export function subjectOf({ userId, entries, partners }: UserHistory): ProjectionSubject {
  const deployedModules = new Map(
    entries
      .filter((entry) => entry.type === 'deployment')
      .map(({ id, moduleId }) => [id, { moduleId, partnerId: partners.get(moduleId) ?? null }]),
  );
  return { userId, entries: entries.length, deployedModules };
}

/** Adds the rows of an account, or of its loaded part. */
export function addAccountRows(rows: ProjectionRows, subject: ProjectionSubject, account: Account): void {
  putAccount(subject, account, (name, cells) => rows[name].push(textRow(name, cells)));
}

export function textRow(name: ProjectionName, cells: readonly BinaryCell[]): CopyRow {
  const { columns } = PROJECTION_TABLES[name];
  return cells.map((cell, index) => textOf((columns[index] as (typeof columns)[number])[1], cell));
}

/** Receives one row: its cells in the order of the table's columns. */
export type PutRow = (table: ProjectionName, cells: readonly BinaryCell[]) => void;

/** Passes each row of an account to `put`, before the conversion to text. */
export function putAccount(subject: ProjectionSubject, account: Account, put: PutRow): void {
  const { userId, deployedModules } = subject;
  for (const lot of account.lots.values()) put('lots', lotCells(userId, lot));
  for (const spend of account.spends.values()) putSpend(userId, spend, deployedModules, put);
  for (const spend of account.debts) put('debts', debtCells(userId, spend));
  put('accounts', accountCells(subject, account));
}

function putSpend(
  userId: string,
  spend: SpendState,
  deployedModules: ProjectionSubject['deployedModules'],
  put: PutRow,
): void {
  for (const [index, allocation] of spend.allocations.entries()) {
    put('allocations', allocationCells(userId, spend, allocation, index + 1));
  }
  if (spend.type === 'deployment') {
    put('deployments', deploymentCells(userId, spend, moduleOf(spend, deployedModules)));
  }
}

function textOf(kind: ColumnKind, cell: BinaryCell): string | null {
  if (cell === null) return null;
  if (kind === 'decimal') return formatDecimal(cell as bigint);
  return kind === 'instant' ? formatInstant(cell as bigint) : String(cell);
}

function moduleOf(spend: SpendState, deployedModules: ReadonlyMap<string, DeployedModule>): DeployedModule {
  const module = deployedModules.get(spend.id);
  if (module === undefined) throw new Error(`The module of deployment ${spend.id} is missing.`);
  return module;
}

function lotCells(userId: string, lot: Lot): BinaryCell[] {
  return [
    userId,
    lot.pool,
    lot.id,
    lot.openedAt,
    lot.expiresAt,
    lot.acquiredCredits,
    lot.acquiredValue,
    lot.leftCredits,
    lot.leftValue,
    lot.paidCredits,
    lot.paidValue,
    lot.lapsedCredits,
    lot.lapsedValue,
    lot.refundedCredits,
    lot.refundedValue,
    lot.reversedCredits,
    lot.reversedValue,
    lot.takings,
  ];
}

function allocationCells(
  userId: string,
  spend: SpendState,
  allocation: Allocation,
  place: number,
): BinaryCell[] {
  return [
    userId,
    spend.type,
    spend.id,
    place,
    allocation.lot.pool,
    allocation.lot.id,
    allocation.takenCredits,
    allocation.takenValue,
    allocation.credits,
    allocation.value,
    allocation.paidAt,
    allocation.taking,
  ];
}

function debtCells(userId: string, spend: SpendState): BinaryCell[] {
  return [userId, spend.type, spend.id, spend.pool, spend.occurredAt, spend.unpaidCredits];
}

function deploymentCells(
  userId: string,
  spend: SpendState,
  { moduleId, partnerId }: DeployedModule,
): BinaryCell[] {
  const { freeCredits, purchasedCredits, grossValue } = figuresOf(spend);
  return [
    userId,
    spend.id,
    moduleId,
    partnerId,
    spend.occurredAt,
    spend.cost,
    freeCredits,
    purchasedCredits,
    spend.unpaidCredits,
    spend.refundedCredits,
    grossValue,
    partnerId === null ? 0n : grossValue,
  ];
}

function accountCells({ userId, entries }: ProjectionSubject, { balance, foldedTo }: Account): BinaryCell[] {
  return [
    userId,
    balance.freeCredits,
    balance.purchasedCredits,
    balance.unpaidCredits,
    entries,
    foldedTo?.occurredAt ?? null,
    foldedTo?.type ?? null,
    foldedTo?.id ?? null,
  ];
}
