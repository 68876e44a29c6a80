import { formatDecimal, formatInstant, type Micros, type Posting } from '../../domain/index.js';
import type { HistoryLineDto } from './dto/credit-history.dto.js';
import type { ReasonOf } from '../queries/credit-queries.service.js';
import type { HistoryItem } from '../queries/history-item.js';
import { movementsOf } from './movements.js';
import { balanceDto } from './lot-presenters.js';

/** A line of a history as answers show it. */
export function historyLine(item: HistoryItem, reasonOf: ReasonOf): HistoryLineDto {
  const { position, after } = item;
  return {
    type: position.type,
    id: position.id,
    occurredAt: formatInstant(position.occurredAt),
    ...factsOf(item),
    movements: movementsOf(item),
    balanceAfter: balanceDto(after),
    reason: reasonOf(position),
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

/** What the entry states; where a refund states nothing, what it took. */
function creditsOf({ entry, returns, cancelledCredits, withdrawal }: Posting): Micros {
  if (entry.credits !== null) return entry.credits;
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
    case 'purchaseRefund':
      return {
        purchaseExternalId: entry.purchaseId,
        shortfallCredits: formatDecimal(shortfallCredits),
      };
  }
}

function expiryOf(expiresAt: bigint | null): string | null {
  return expiresAt === null ? null : formatInstant(expiresAt);
}
