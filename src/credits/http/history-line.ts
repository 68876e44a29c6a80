import { creditsTaken, formatDecimal, formatInstant, type Micros, type Posting } from '../../domain/index.js';
import type { ReasonOf } from '../queries/credit-queries.service.js';
import type { HistoryItem } from '../queries/history-item.js';
import type { HistoryLineDto } from './dto/credit-history.dto.js';
import { balanceDto } from './dto/lot.dto.js';
import { movementsOf } from './history-movements.js';
import { paymentTexts } from './payment-texts.js';

/** Converts an item of a history to the line of an answer. */
export function historyLine(item: HistoryItem, reasonOf: ReasonOf): HistoryLineDto {
  const { position, after } = item;
  return {
    type: position.type,
    id: position.id,
    occurredAt: formatInstant(position.occurredAt),
    ...factsOf(item),
    movements: movementsOf(item),
    balanceAfter: balanceDto(after),
    ...forOperators(item, reasonOf(position)),
  };
}

/** The free text or cause of the entry, and what a payment provider told of it: not for users. */
function forOperators(
  item: HistoryItem,
  reason: string | null | undefined,
): Pick<HistoryLineDto, 'reason' | 'payment'> {
  if (reason === undefined) return {};
  const entry = item.kind === 'entry' ? item.posting.entry : null;
  return {
    reason: entry?.type === 'purchaseReversal' ? entry.cause : reason,
    payment: entry?.type === 'purchase' && entry.payment !== undefined ? paymentTexts(entry.payment) : null,
  };
}

type Facts = Pick<
  HistoryLineDto,
  | 'credits'
  | 'amount'
  | 'expiresAt'
  | 'moduleId'
  | 'category'
  | 'pool'
  | 'deploymentId'
  | 'purchaseExternalId'
  | 'reversalExternalId'
  | 'cancelledCredits'
  | 'shortfallCredits'
>;

const NO_FACTS: Omit<Facts, 'credits'> = {
  amount: null,
  expiresAt: null,
  moduleId: null,
  category: null,
  pool: null,
  deploymentId: null,
  purchaseExternalId: null,
  reversalExternalId: null,
  cancelledCredits: null,
  shortfallCredits: null,
};

function factsOf(item: HistoryItem): Facts {
  if (item.kind === 'expiry') {
    return { ...NO_FACTS, credits: formatDecimal(item.lapse.credits) };
  }
  const { posting } = item;
  return { ...NO_FACTS, credits: formatDecimal(creditsOf(posting)), ...ownFacts(posting) };
}

/** The credits of the entry; those that it took if it states none, and those that a release gave back. */
function creditsOf({ entry, returns, cancelledCredits, withdrawal, reversal, release }: Posting): Micros {
  if (entry.type === 'reversalRelease') {
    const again = release?.payments.map(({ allocation }) => allocation.takenCredits) ?? [];
    return again.reduce((sum, credits) => sum + credits, release?.returned.credits ?? 0n);
  }
  if (entry.credits !== null) return entry.credits;
  if (entry.type === 'purchaseReversal') return reversal === null ? 0n : creditsTaken(reversal);
  if (entry.type === 'purchaseRefund') return withdrawal?.credits ?? 0n;
  return returns.reduce((sum, { credits }) => sum + credits, cancelledCredits);
}

function ownFacts({ entry, cancelledCredits, shortfallCredits }: Posting): Partial<Facts> {
  switch (entry.type) {
    case 'award':
      return { expiresAt: expiryOf(entry.expiresAt) };
    case 'purchase':
      return { amount: formatDecimal(entry.amount), expiresAt: expiryOf(entry.expiresAt) };
    case 'deployment':
      return { moduleId: entry.moduleId, pool: entry.pool };
    case 'spend':
      return { category: entry.category, pool: entry.pool };
    case 'refund':
      return {
        deploymentId: entry.deploymentId,
        cancelledCredits: formatDecimal(cancelledCredits),
        shortfallCredits: formatDecimal(shortfallCredits),
      };
    case 'reversalRelease':
      return { reversalExternalId: entry.reversalId };
    case 'purchaseRefund':
    case 'purchaseReversal':
      return {
        purchaseExternalId: entry.purchaseId,
        shortfallCredits: formatDecimal(shortfallCredits),
      };
  }
}

function expiryOf(expiresAt: bigint | null): string | null {
  return expiresAt === null ? null : formatInstant(expiresAt);
}
