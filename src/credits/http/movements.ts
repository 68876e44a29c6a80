import type { Posting } from '../../domain/index.js';
import { formatDecimal } from '../../domain/index.js';
import type { MovementDto } from './dto/credit-history.dto.js';
import type { HistoryItem } from '../queries/history-item.js';
import { allocationDto, lotPartDto } from './lot-presenters.js';

/** Credits that went into lots or out of them, in the order in which they did. */
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

/** What returns to a lot that has expired lapses at once. */
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
