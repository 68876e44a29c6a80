import type { Posting } from '../../domain/index.js';
import { formatDecimal } from '../../domain/index.js';
import type { MovementDto } from './dto/movement.response.dto.js';
import type { Happening } from '../queries/history-item.js';
import { shownPart, shownPiece } from './lot-presenters.js';

/** Credits that went into lots or out of them, in the order in which they did. */
export function movementsOf(happening: Happening): MovementDto[] {
  if (happening.kind === 'expiry') {
    const { lot, credits, value } = happening.lapse;
    return [{ kind: 'lapsed', ...shownPart(lot, credits, value), settles: null }];
  }
  const { posting } = happening;
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
  return payments.map(({ piece }) => ({ kind: 'paid', ...shownPiece(piece), settles: null }));
}

/** What returns to a lot that has expired lapses at once. */
function returned({ returns }: Posting): MovementDto[] {
  return returns.flatMap(({ piece, credits, value, lapsed }) => {
    const part = { ...shownPart(piece.lot, credits, value), settles: null };
    return [
      { kind: 'returned', ...part } as const,
      ...(lapsed ? [{ kind: 'lapsed', ...part } as const] : []),
    ];
  });
}

function withdrawn({ withdrawal }: Posting): MovementDto[] {
  if (withdrawal === null) return [];
  const { lot, credits, value } = withdrawal;
  return [{ kind: 'withdrawn', ...shownPart(lot, credits, value), settles: null }];
}

function settled({ settlements }: Posting): MovementDto[] {
  return settlements.map(({ spend, piece }) => ({
    kind: 'settled',
    ...shownPiece(piece),
    settles: { type: spend.type, id: spend.id },
  }));
}
