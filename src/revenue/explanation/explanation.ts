import {
  formatDecimal,
  formatInstant,
  unitPrice,
  type Instant,
  type LotPool,
  type Allocation,
  type StatedStep,
} from '../../domain/index.js';
import { balanceDto, type BalanceDto } from '../../credits/index.js';
import type { ReportRow } from '../report/report-row.js';
import type { DeploymentStory, PaymentTakenBack, Settlement, TakenBack } from './deployment-story.js';

/** The part that both kinds of explanation share: the report's row, and how its revenue is computed. */
export interface ExplainedRow extends ReportRow {
  /** The share in force at `snapshotAt`; the row has that of its createdAt. */
  readonly partnerRevenueShareNow: string;
  /** The shares of all time. */
  readonly shares: readonly StatedStep[];
  /** The same: `30 % until 1 March 2026, 25 % from then`. */
  readonly sharesInWords: string;
  readonly currency: string;
  readonly formula: string;
  readonly snapshotAt: string;
}

/** An allocation from one lot to the deployment, for finance and admin. The value of a free lot is 0. */
export interface FullAllocation {
  readonly pool: LotPool;
  /** What the allocation pays after refunds and reversals. The sums per pool are the row's credits. */
  readonly credits: string;
  readonly value: string;
  /** What the allocation paid at first, before refunds and reversals. */
  readonly takenCredits: string;
  readonly takenValue: string;
  readonly paidAt: string;
  readonly lotId: string;
  readonly acquiredAt: string;
  readonly expiresAt: string | null;
  readonly acquiredCredits: string;
  readonly amount: string;
  readonly unitPrice: string;
}

export interface FullRefund {
  readonly externalId: string;
  readonly occurredAt: string;
  readonly credits: string;
  readonly value: string;
  /** The part of the credits that was never paid. */
  readonly cancelledCredits: string;
  readonly reason: string | null;
  readonly returns: readonly {
    readonly lotId: string;
    readonly pool: LotPool;
    readonly credits: string;
    readonly value: string;
    readonly lapsed: boolean;
  }[];
}

/** A payment that was taken back: the deployment owes these credits again, until others pay them. */
export interface FullReversal {
  readonly externalId: string;
  readonly purchaseExternalId: string;
  readonly occurredAt: string;
  readonly reason: string | null;
  readonly credits: string;
  readonly value: string;
  /** The newest taking first. */
  readonly takings: readonly { readonly lotId: string; readonly credits: string; readonly value: string }[];
}

export interface FullSettlement {
  readonly entryType: string;
  readonly entryId: string;
  readonly occurredAt: string;
  readonly credits: string;
  readonly value: string;
}

/** Explanation of a row for finance and admin. */
export interface FullExplanation extends ExplainedRow {
  readonly pieces: readonly FullAllocation[];
  readonly balanceBefore: BalanceDto;
  readonly balanceAfter: BalanceDto;
  readonly refunds: readonly FullRefund[];
  readonly reversals: readonly FullReversal[];
  readonly settlements: readonly FullSettlement[];
}

/** Credits and value that moved in one month (`2026-05`, in the variable `timeZone`). */
export interface MonthlyMovement {
  readonly month: string;
  readonly credits: string;
  readonly value: string;
}

/** Explanation of a row for the module's partner. It reveals neither the customer nor exact instants. */
export interface PartnerExplanation extends ExplainedRow {
  readonly pieces: readonly {
    readonly pool: LotPool;
    readonly credits: string;
    readonly value: string;
    readonly unitPrice: string;
    /** Null for free credits, which were not bought. */
    readonly purchaseMonth: string | null;
  }[];
  readonly refunds: readonly MonthlyMovement[];
  /** Payments taken back. */
  readonly reversals: readonly MonthlyMovement[];
  readonly settlements: readonly MonthlyMovement[];
}

/** @param reasons the texts of refunds, by the id of the refund */
export function fullExplanation(
  row: ExplainedRow,
  story: DeploymentStory,
  reasons: ReadonlyMap<string, string>,
): FullExplanation {
  return {
    ...row,
    pieces: story.spend.allocations.map(fullAllocation),
    balanceBefore: balanceDto(story.charge.before),
    balanceAfter: balanceDto(story.charge.after),
    refunds: story.refunds.map((refund) => fullRefund(refund, reasons)),
    reversals: story.reversals.map(fullReversal),
    settlements: story.settlements.map(fullSettlement),
  };
}

/** @param monthOf the month of every instant in `monthlyInstants` */
export function partnerExplanation(
  row: ExplainedRow,
  story: DeploymentStory,
  monthOf: (instant: Instant) => string,
): PartnerExplanation {
  const movement = ({
    posting,
    credits,
    value,
  }: Settlement | TakenBack | PaymentTakenBack): MonthlyMovement => ({
    month: monthOf(posting.entry.occurredAt),
    credits: formatDecimal(credits),
    value: formatDecimal(value),
  });
  return {
    ...row,
    pieces: story.spend.allocations.map(({ lot, credits, value }) => ({
      pool: lot.pool,
      credits: formatDecimal(credits),
      value: formatDecimal(value),
      unitPrice: unitPrice(lot.acquiredValue, lot.acquiredCredits),
      purchaseMonth: lot.pool === 'purchased' ? monthOf(lot.openedAt) : null,
    })),
    refunds: story.refunds.map(movement),
    reversals: story.reversals.map(movement),
    settlements: story.settlements.map(movement),
  };
}

/** The instants of which a partner sees the month. */
export function monthlyInstants({ spend, refunds, reversals, settlements }: DeploymentStory): Instant[] {
  const bought = spend.allocations
    .filter(({ lot }) => lot.pool === 'purchased')
    .map(({ lot }) => lot.openedAt);
  const moved = [...refunds, ...reversals, ...settlements].map(({ posting }) => posting.entry.occurredAt);
  return [...new Set([...bought, ...moved])];
}

function fullAllocation({
  lot,
  credits,
  value,
  takenCredits,
  takenValue,
  paidAt,
}: Allocation): FullAllocation {
  return {
    pool: lot.pool,
    credits: formatDecimal(credits),
    value: formatDecimal(value),
    takenCredits: formatDecimal(takenCredits),
    takenValue: formatDecimal(takenValue),
    paidAt: formatInstant(paidAt),
    lotId: lot.id,
    acquiredAt: formatInstant(lot.openedAt),
    expiresAt: lot.expiresAt === null ? null : formatInstant(lot.expiresAt),
    acquiredCredits: formatDecimal(lot.acquiredCredits),
    amount: formatDecimal(lot.acquiredValue),
    unitPrice: unitPrice(lot.acquiredValue, lot.acquiredCredits),
  };
}

function fullRefund(
  { posting, credits, value }: TakenBack,
  reasons: ReadonlyMap<string, string>,
): FullRefund {
  return {
    externalId: posting.entry.id,
    occurredAt: formatInstant(posting.entry.occurredAt),
    credits: formatDecimal(credits),
    value: formatDecimal(value),
    cancelledCredits: formatDecimal(posting.cancelledCredits),
    reason: reasons.get(posting.entry.id) ?? null,
    returns: posting.returns.map(({ allocation, lapsed, ...taken }) => ({
      lotId: allocation.lot.id,
      pool: allocation.lot.pool,
      credits: formatDecimal(taken.credits),
      value: formatDecimal(taken.value),
      lapsed,
    })),
  };
}

function fullReversal({ posting, parts, credits, value }: PaymentTakenBack): FullReversal {
  const { entry } = posting;
  if (entry.type !== 'purchaseReversal') throw new Error(`A ${entry.type} takes no payment back.`);
  return {
    externalId: entry.id,
    purchaseExternalId: entry.purchaseId,
    occurredAt: formatInstant(entry.occurredAt),
    reason: entry.cause,
    credits: formatDecimal(credits),
    value: formatDecimal(value),
    takings: parts.map((part) => ({
      lotId: part.lotId,
      credits: formatDecimal(part.credits),
      value: formatDecimal(part.value),
    })),
  };
}

function fullSettlement({ posting, credits, value }: Settlement): FullSettlement {
  return {
    entryType: posting.entry.type,
    entryId: posting.entry.id,
    occurredAt: formatInstant(posting.entry.occurredAt),
    credits: formatDecimal(credits),
    value: formatDecimal(value),
  };
}
