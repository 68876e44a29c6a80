import {
  figuresOf,
  formatDecimal,
  formatInstant,
  type Account,
  type Lot,
  type SpendState,
} from '../../domain/index.js';
import type { CopyRow } from '../../platform/database/index.js';
import type { UserHistory } from '../ledger/user-history.js';
import type { ProjectionName } from './projection-tables.js';

/** What the fold makes of one or several users, as rows of text in the columns' order: canonical, so comparable. */
export type ProjectionRows = Readonly<Record<ProjectionName, CopyRow[]>>;

/** No rows yet, to be filled by `addProjection`. */
export function emptyProjection(): ProjectionRows {
  return { lots: [], allocations: [], debts: [], deployments: [], accounts: [] };
}

/** Whose rows they are, and what rows say beside the figures of the fold. */
export interface ProjectionSubject {
  readonly userId: string;
  /** How many entries the user has. */
  readonly entries: number;
  /** Of each deployment among the account's spends: its module, and that one's partner, null for the platform. */
  readonly deployedModules: ReadonlyMap<string, DeployedModule>;
}

export interface DeployedModule {
  readonly moduleId: string;
  readonly partnerId: string | null;
}

/** Adds the rows of one user's folded history. */
export function addProjection(rows: ProjectionRows, history: UserHistory, account: Account): void {
  const { userId, entries, partners } = history;
  const deployedModules = new Map(
    entries
      .filter((entry) => entry.type === 'deployment')
      .map(({ id, moduleId }) => [id, { moduleId, partnerId: partners.get(moduleId) ?? null }]),
  );
  addAccountRows(rows, { userId, entries: entries.length, deployedModules }, account);
}

/** Adds the rows of an account: the whole of it, or as much as is loaded. */
export function addAccountRows(rows: ProjectionRows, subject: ProjectionSubject, account: Account): void {
  const { userId, deployedModules } = subject;
  for (const lot of account.lots.values()) rows.lots.push(lotRow(userId, lot));
  for (const spend of account.spends.values()) {
    rows.allocations.push(...allocationRows(userId, spend));
    if (spend.type === 'deployment') {
      rows.deployments.push(deploymentRow(userId, spend, moduleOf(spend, deployedModules)));
    }
  }
  for (const spend of account.debts) rows.debts.push(debtRow(userId, spend));
  rows.accounts.push(accountRow(subject, account));
}

function moduleOf(spend: SpendState, deployedModules: ReadonlyMap<string, DeployedModule>): DeployedModule {
  const module = deployedModules.get(spend.id);
  if (module === undefined) throw new Error(`Nobody knows the module of deployment ${spend.id}.`);
  return module;
}

function lotRow(userId: string, lot: Lot): CopyRow {
  return [
    userId,
    lot.pool,
    lot.id,
    formatInstant(lot.openedAt),
    lot.expiresAt === null ? null : formatInstant(lot.expiresAt),
    formatDecimal(lot.acquiredCredits),
    formatDecimal(lot.acquiredValue),
    formatDecimal(lot.leftCredits),
    formatDecimal(lot.leftValue),
    formatDecimal(lot.paidCredits),
    formatDecimal(lot.paidValue),
    formatDecimal(lot.lapsedCredits),
    formatDecimal(lot.lapsedValue),
    formatDecimal(lot.refundedCredits),
    formatDecimal(lot.refundedValue),
  ];
}

function allocationRows(userId: string, spend: SpendState): CopyRow[] {
  return spend.pieces.map((piece, index) => [
    userId,
    spend.type,
    spend.id,
    String(index + 1),
    piece.lot.pool,
    piece.lot.id,
    formatDecimal(piece.takenCredits),
    formatDecimal(piece.takenValue),
    formatDecimal(piece.credits),
    formatDecimal(piece.value),
    formatInstant(piece.paidAt),
  ]);
}

function debtRow(userId: string, spend: SpendState): CopyRow {
  return [
    userId,
    spend.type,
    spend.id,
    spend.pool,
    formatInstant(spend.occurredAt),
    formatDecimal(spend.unpaidCredits),
  ];
}

function deploymentRow(userId: string, spend: SpendState, { moduleId, partnerId }: DeployedModule): CopyRow {
  const { freeCredits, purchasedCredits, grossValue } = figuresOf(spend);
  return [
    userId,
    spend.id,
    moduleId,
    partnerId,
    formatInstant(spend.occurredAt),
    formatDecimal(spend.cost),
    formatDecimal(freeCredits),
    formatDecimal(purchasedCredits),
    formatDecimal(spend.unpaidCredits),
    formatDecimal(spend.refundedCredits),
    formatDecimal(grossValue),
    partnerId === null ? '0' : formatDecimal(grossValue),
  ];
}

function accountRow({ userId, entries }: ProjectionSubject, { balance, foldedTo }: Account): CopyRow {
  return [
    userId,
    formatDecimal(balance.freeCredits),
    formatDecimal(balance.purchasedCredits),
    formatDecimal(balance.unpaidCredits),
    String(entries),
    foldedTo === null ? null : formatInstant(foldedTo.occurredAt),
    foldedTo?.type ?? null,
    foldedTo?.id ?? null,
  ];
}
