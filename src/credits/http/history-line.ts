import { formatDecimal, formatInstant, type Micros, type Posting } from '../../domain/index.js';
import type { ReasonOf } from '../queries/credit-queries.service.js';
import type { HistoryItem } from '../queries/history-item.js';
import type { HistoryLineDto, MovementDto } from './dto/credit-history.dto.js';
import { allocationDto, balanceDto, lotPartDto } from './dto/lot.dto.js';

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

/** The credits of the entry; for a refund without credits, those that it took. */
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

/** Movements into and out of lots, in order. */
function movementsOf(item: HistoryItem): MovementDto[] {
  if (item.kind === 'expiry') {
    const { lot, credits, value } = item.lapse;
    return [{ kind: 'lapsed', ...lotPartDto(lot, credits, value), settles: null }];
  }
  const { posting } = item;
  return [
    ...opened(posting),
    ...paid(posting),
    ...returned(posting),
    ...withdrawn(posting),
    ...settled(posting),
  ];
}

function opened({ entry }: Posting): MovementDto[] {
  if (entry.type !== 'award' && entry.type !== 'purchase') return [];
  const isFree = entry.type === 'award';
  return [
    {
      kind: 'added',
      pool: isFree ? 'free' : 'purchased',
      lotId: entry.id,
      credits: formatDecimal(entry.credits),
      value: isFree ? '0' : formatDecimal(entry.amount),
      settles: null,
    },
  ];
}

function paid({ payments }: Posting): MovementDto[] {
  return payments.map(({ allocation }) => ({ kind: 'paid', ...allocationDto(allocation), settles: null }));
}

/** Credits that return to an expired lot lapse at once. */
function returned({ returns }: Posting): MovementDto[] {
  return returns.flatMap(({ allocation, credits, value, lapsed }) => {
    const part = { ...lotPartDto(allocation.lot, credits, value), settles: null };
    return [
      { kind: 'returned', ...part } as const,
      ...(lapsed ? [{ kind: 'lapsed', ...part } as const] : []),
    ];
  });
}

function withdrawn({ withdrawal }: Posting): MovementDto[] {
  if (withdrawal === null) return [];
  const { lot, credits, value } = withdrawal;
  return [{ kind: 'withdrawn', ...lotPartDto(lot, credits, value), settles: null }];
}

function settled({ settlements }: Posting): MovementDto[] {
  return settlements.map(({ spend, allocation }) => ({
    kind: 'settled',
    ...allocationDto(allocation),
    settles: { type: spend.type, id: spend.id },
  }));
}
