/** How far each partner's figure of a month is from the month before, and which part of it moved it. */

import type { Payouts, PreviewedStatement } from '../../api/statements.js';
import { difference, units } from '../../exact/decimal.js';

const PARTS = ['opening', 'revenue', 'adjustments'] as const;

interface Figures {
  readonly deployments: number;
  readonly opening: string;
  readonly revenue: string;
  readonly adjustments: string;
  readonly due: string;
}

export interface Moved {
  readonly partnerId: string;
  readonly email: string | null;
  readonly before: Figures;
  readonly now: Figures;
  readonly change: string;
  /** The part of the figure that moved most. */
  readonly part: (typeof PARTS)[number];
}

const NOTHING: Figures = { deployments: 0, opening: '0', revenue: '0', adjustments: '0', due: '0' };

/** All partners of either month, the one that moved most first. */
export function movedMost(now: readonly PreviewedStatement[], before: Payouts['data']): readonly Moved[] {
  const known = new Map(before.map((payout) => [payout.partnerId, payout]));
  const staying = new Set(now.map(({ partnerId }) => partnerId));
  const gone = before.filter(({ partnerId }) => !staying.has(partnerId));
  return [
    ...now.map((one) => moved(one, one, known.get(one.partnerId) ?? NOTHING)),
    ...gone.map((one) => moved(one, NOTHING, one)),
  ].sort((one, other) => compare(size(other.change), size(one.change)));
}

function moved(
  { partnerId, email }: Pick<Moved, 'partnerId' | 'email'>,
  now: Figures,
  before: Figures,
): Moved {
  const [part] = [...PARTS].sort((one, other) => compare(move(other), move(one)));
  return { partnerId, email, now, before, change: difference(now.due, before.due), part: part ?? 'revenue' };

  function move(field: (typeof PARTS)[number]): bigint {
    return size(difference(now[field], before[field]));
  }
}

function size(amount: string): bigint {
  const value = units(amount);
  return value < 0n ? -value : value;
}

function compare(one: bigint, other: bigint): number {
  return one < other ? -1 : Number(one > other);
}
