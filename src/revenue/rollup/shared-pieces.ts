import { formatShareFactor, stepsWithin, type ShareTimeline } from '../../domain/index.js';
import type { SqlParameters } from '../filter/filter-conditions.js';
import type { Interval } from './segments.js';

/** Periods cut where the share changes, each piece with its place in the list. */
export interface SharedPieces {
  /** In the order of time. */
  readonly pieces: readonly Interval[];
  /** SQL of the period of a piece, both counted from 0. */
  readonly period: (piece: string) => string;
  /** SQL of the factor of revenue in the gross revenue of a piece, an exact numeric. */
  readonly factor: (piece: string) => string;
}

/** With one share in all periods, the pieces are the periods. */
export function sharedPieces(
  periods: readonly Interval[],
  shares: ShareTimeline,
  parameters: SqlParameters,
): SharedPieces {
  const cut = periods.map((interval) => stepsWithin(shares, interval));
  const used = [...new Set(cut.flat().map(({ share }) => share))];
  if (used.length <= 1) {
    const factor = `${parameters.add(formatShareFactor(used[0] ?? 0n))}::numeric`;
    return { pieces: periods, period: (piece) => piece, factor: () => factor };
  }
  const pieces = cut.flatMap((steps, period) => steps.map((step) => ({ ...step, period })));
  const periodOf = parameters.add(pieces.map(({ period }) => period));
  // PostgreSQL finds an element of an integer array at once, but walks through one of numerics, so that one is short.
  const shareOf = parameters.add(pieces.map(({ share }) => used.indexOf(share) + 1));
  const factors = parameters.add(used.map(formatShareFactor));
  return {
    pieces,
    period: (piece) => `(${periodOf}::int[])[${piece} + 1]`,
    factor: (piece) => `(${factors}::numeric[])[(${shareOf}::int[])[${piece} + 1]]`,
  };
}
