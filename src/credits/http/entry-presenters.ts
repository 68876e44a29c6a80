import {
  accountAt,
  figuresOf,
  formatDecimal,
  formatInstant,
  spendKey,
  type Entry,
  type EntryType,
  type Instant,
  type Payment,
  type Posting,
  type SpendState,
} from '../../domain/index.js';
import type { RecordedDeploymentDto } from './dto/deployment.dto.js';
import type { AllocationDto } from './dto/lot.dto.js';
import { balanceDto, lotPartDto } from './lot-presenters.js';
import type { Recorded } from '../commands/recorded.js';
import type { AfterwardsDto, SettlementDto } from './dto/recorded.dto.js';
import type { AwardDto } from './dto/award.dto.js';
import type { PurchaseDto } from './dto/purchase.dto.js';
import type { PurchaseRefundDto, RefundDto } from './dto/refund.dto.js';
import type { SpendDto } from './dto/spend.dto.js';

/** The answer for a deployment. */
export function deploymentAnswer(recorded: Recorded): RecordedDeploymentDto {
  const { id, moduleId, credits, occurredAt } = entryOf(recorded, 'deployment');
  const { refundedCredits, ...paid } = paymentOf(recorded);
  return {
    id,
    userId: recorded.userId,
    moduleId,
    creditCost: formatDecimal(credits),
    createdAt: formatInstant(occurredAt),
    ...paid,
    refundedCredits,
    ...afterwards(recorded),
  };
}

/** The answer for an award. */
export function awardAnswer(recorded: Recorded): AwardDto {
  const { id, credits, occurredAt, expiresAt } = entryOf(recorded, 'award');
  return {
    externalId: id,
    userId: recorded.userId,
    credits: formatDecimal(credits),
    occurredAt: formatInstant(occurredAt),
    expiresAt: instantOrNull(expiresAt),
    settlements: settlementsOf(recorded),
    ...afterwards(recorded),
  };
}

/** The answer for a purchase. */
export function purchaseAnswer(recorded: Recorded): PurchaseDto {
  const { id, credits, amount, occurredAt, expiresAt } = entryOf(recorded, 'purchase');
  return {
    externalId: id,
    userId: recorded.userId,
    credits: formatDecimal(credits),
    amount: formatDecimal(amount),
    occurredAt: formatInstant(occurredAt),
    expiresAt: instantOrNull(expiresAt),
    settlements: settlementsOf(recorded),
    ...afterwards(recorded),
  };
}

/** The answer for a spend. */
export function spendAnswer(recorded: Recorded): SpendDto {
  const { id, credits, category, pool, occurredAt } = entryOf(recorded, 'spend');
  const { freeCredits, purchasedCredits, unpaidCredits, pieces } = paymentOf(recorded);
  return {
    externalId: id,
    userId: recorded.userId,
    credits: formatDecimal(credits),
    category,
    pool,
    occurredAt: formatInstant(occurredAt),
    freeCredits,
    purchasedCredits,
    unpaidCredits,
    pieces,
    ...afterwards(recorded),
  };
}

/** The answer for a refund of a deployment. */
export function refundAnswer(recorded: Recorded): RefundDto {
  const { id, deploymentId, credits, occurredAt } = entryOf(recorded, 'refund');
  const { returns, cancelledCredits } = postingOf(recorded);
  const refunded = returns.reduce((sum, returned) => sum + returned.credits, cancelledCredits);
  return {
    externalId: id,
    deploymentId,
    userId: recorded.userId,
    credits: credits === null ? null : formatDecimal(credits),
    occurredAt: formatInstant(occurredAt),
    refundedCredits: formatDecimal(refunded),
    cancelledCredits: formatDecimal(cancelledCredits),
    returns: returns.map(({ allocation, credits: returned, value, lapsed }) => ({
      ...lotPartDto(allocation.lot, returned, value),
      lapsed,
    })),
    settlements: settlementsOf(recorded),
    ...afterwards(recorded),
  };
}

/** The answer for a refund of a purchase. */
export function purchaseRefundAnswer(recorded: Recorded): PurchaseRefundDto {
  const { id, purchaseId, credits, occurredAt } = entryOf(recorded, 'purchaseRefund');
  const { withdrawal } = postingOf(recorded);
  return {
    externalId: id,
    purchaseExternalId: purchaseId,
    userId: recorded.userId,
    credits: credits === null ? null : formatDecimal(credits),
    occurredAt: formatInstant(occurredAt),
    refundedCredits: formatDecimal(withdrawal?.credits ?? 0n),
    refundedValue: formatDecimal(withdrawal?.value ?? 0n),
    ...afterwards(recorded),
  };
}

function afterwards({ entry, account, now, changedDeployments }: Recorded): AfterwardsDto {
  const last = account.foldedTo?.occurredAt ?? now;
  const { balance } = accountAt(account, last < now ? now : last);
  const isOther = (id: string): boolean => entry.type !== 'deployment' || id !== entry.id;
  return { balance: balanceDto(balance), changedDeployments: changedDeployments.filter(isOther) };
}

type PaymentFigures = Pick<
  RecordedDeploymentDto,
  'freeCredits' | 'purchasedCredits' | 'unpaidCredits' | 'refundedCredits' | 'pieces'
>;

function paymentOf({ account, entry }: Recorded): PaymentFigures {
  const spend = account.spends.get(spendKey(entry.type as SpendState['type'], entry.id));
  if (spend === undefined) throw new Error(`The allocations of ${entry.type} ${entry.id} are not loaded.`);
  const { freeCredits, purchasedCredits } = figuresOf(spend);
  return {
    freeCredits: formatDecimal(freeCredits),
    purchasedCredits: formatDecimal(purchasedCredits),
    unpaidCredits: formatDecimal(spend.unpaidCredits),
    refundedCredits: formatDecimal(spend.refundedCredits),
    pieces: allocationDtos(spend),
  };
}

function allocationDtos(spend: SpendState): AllocationDto[] {
  return spend.allocations
    .filter(({ credits }) => credits > 0n)
    .map(({ lot, credits, value }) => lotPartDto(lot, credits, value));
}

/** Older debts that the entry's credits settled, as of that time. */
function settlementsOf(recorded: Recorded): SettlementDto[] {
  return postingOf(recorded).settlements.map(({ spend, allocation }: Payment) => ({
    type: spend.type,
    id: spend.id,
    ...lotPartDto(allocation.lot, allocation.takenCredits, allocation.takenValue),
  }));
}

function instantOrNull(instant: Instant | null): string | null {
  return instant === null ? null : formatInstant(instant);
}

function postingOf({ entry, posting }: Recorded): Posting {
  if (posting === null) throw new Error(`The posting of ${entry.type} ${entry.id} is missing.`);
  return posting;
}

function entryOf<Type extends EntryType>({ entry }: Recorded, type: Type): Extract<Entry, { type: Type }> {
  if (entry.type !== type) throw new Error(`A ${entry.type} was recorded instead of a ${type}.`);
  return entry as Extract<Entry, { type: Type }>;
}
