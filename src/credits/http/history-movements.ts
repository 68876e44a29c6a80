import { formatDecimal, type Lot, type Part, type Posting, type SpendState } from '../../domain/index.js';
import type { HistoryItem } from '../queries/history-item.js';
import type { MovementDto } from './dto/credit-history.dto.js';
import { allocationDto, lotPartDto } from './dto/lot.dto.js';

/** Movements into and out of lots, in order. */
export function movementsOf(item: HistoryItem): MovementDto[] {
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
    ...reversed(posting),
    ...released(posting),
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

function reversed({ reversal }: Posting): MovementDto[] {
  if (reversal === null) return [];
  const { lot, left, lapsed, takenBack } = reversal;
  return [
    ...partOf('reversed', lot, left),
    ...partOf('reversedLapsed', lot, lapsed),
    ...takenBack.map(({ spend, credits, value }): MovementDto => ({
      kind: 'reversedPaid',
      ...lotPartDto(lot, credits, value),
      settles: nameOf(spend),
    })),
  ];
}

/** What returns to an expired lot lapses at once. */
function released({ release }: Posting): MovementDto[] {
  if (release === null) return [];
  const { lot, payments, returned: rest, lapsed } = release;
  return [
    ...payments.map(({ spend, allocation }): MovementDto => ({
      kind: 'paidAgain',
      ...allocationDto(allocation),
      settles: nameOf(spend),
    })),
    ...partOf('released', lot, rest),
    ...(lapsed ? partOf('lapsed', lot, rest) : []),
  ];
}

function partOf(kind: MovementDto['kind'], lot: Lot, { credits, value }: Part): MovementDto[] {
  return credits === 0n ? [] : [{ kind, ...lotPartDto(lot, credits, value), settles: null }];
}

function nameOf({ type, id }: SpendState): MovementDto['settles'] {
  return { type, id };
}
