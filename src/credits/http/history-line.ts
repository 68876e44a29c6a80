import { formatDecimal, formatInstant, type Micros, type Place, type Posting } from '../../domain/index.js';
import type { HistoryLineDto } from './dto/history-line.response.dto.js';
import type { Happening } from '../queries/history-item.js';
import { movementsOf } from './movements.js';
import { shownBalance } from './lot-presenters.js';

/** The free text that came with an entry; undefined where texts are not shown. */
export type ReasonOf = (place: Place) => string | null | undefined;

/** A line of a history as answers show it. */
export function historyLine(happening: Happening, reasonOf: ReasonOf): HistoryLineDto {
  const { place, after } = happening;
  return {
    type: place.type,
    id: place.id,
    occurredAt: formatInstant(place.occurredAt),
    ...factsOf(happening),
    movements: movementsOf(happening),
    balanceAfter: shownBalance(after),
    reason: reasonOf(place),
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

function factsOf(happening: Happening): Facts {
  if (happening.kind === 'expiry') {
    return { ...NO_FACTS, credits: formatDecimal(happening.lapse.credits) };
  }
  const { posting } = happening;
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
