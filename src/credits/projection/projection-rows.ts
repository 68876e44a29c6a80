import {
  figuresOf,
  formatDecimal,
  formatInstant,
  spendKey,
  type Account,
  type Deployment,
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

/** Adds the rows of one user's folded history. */
export function addProjection(rows: ProjectionRows, history: UserHistory, account: Account): void {
  const { userId } = history;
  for (const lot of account.lots.values()) rows.lots.push(lotRow(userId, lot));
  for (const spend of account.spends.values()) rows.allocations.push(...allocationRows(userId, spend));
  for (const spend of account.debts) rows.debts.push(debtRow(userId, spend));
  for (const entry of history.entries) {
    if (entry.type === 'deployment') rows.deployments.push(deploymentRow(history, account, entry));
  }
  rows.accounts.push(accountRow(history, account));
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

function deploymentRow(history: UserHistory, account: Account, entry: Deployment): CopyRow {
  const spend = account.spends.get(spendKey('deployment', entry.id));
  if (spend === undefined) throw new Error(`Deployment ${entry.id} was not folded.`);
  const { freeCredits, purchasedCredits, grossValue } = figuresOf(spend);
  const partnerId = history.partners.get(entry.moduleId) ?? null;
  return [
    history.userId,
    entry.id,
    entry.moduleId,
    partnerId,
    formatInstant(entry.occurredAt),
    formatDecimal(spend.cost),
    formatDecimal(freeCredits),
    formatDecimal(purchasedCredits),
    formatDecimal(spend.unpaidCredits),
    formatDecimal(spend.refundedCredits),
    formatDecimal(grossValue),
    partnerId === null ? '0' : formatDecimal(grossValue),
  ];
}

function accountRow(history: UserHistory, account: Account): CopyRow {
  const { balance, foldedTo } = account;
  return [
    history.userId,
    formatDecimal(balance.freeCredits),
    formatDecimal(balance.purchasedCredits),
    formatDecimal(balance.unpaidCredits),
    String(history.entries.length),
    foldedTo === null ? null : formatInstant(foldedTo.occurredAt),
    foldedTo?.type ?? null,
    foldedTo?.id ?? null,
  ];
}
