/** A change of the share, as docs/rules.md, "The share", names them. Instants are small numbers here, from 0. */
export type ShareChange =
  | { readonly type: 'set'; readonly share: bigint }
  | { readonly type: 'schedule'; readonly from: number; readonly share: bigint }
  | { readonly type: 'takeBack'; readonly from: number; readonly to: number };

/** Instants 0 to 29; what is before 0 is the first cell. */
export const INSTANTS = 30;

/** What one change gave: the share at every instant, or why nothing changed. */
export type SlowOutcome = readonly bigint[] | 'closed' | 'absent';

/**
 * The share at every instant, one cell each: cell 0 is the time before instant 0, cell 1 the instant 0, and so on. A
 * step begins wherever a cell differs from the one before it.
 *
 * @param closed number of closed cells; 0: none
 */
export function slowChange(cells: readonly bigint[], change: ShareChange, closed: number): SlowOutcome {
  if (change.type === 'set') return cells.map((share, cell) => (cell < closed ? share : change.share));
  const first = change.from + 1;
  if (change.type === 'schedule') {
    if (first < closed) return 'closed';
    return painted(cells, first, change.share);
  }
  const last = change.to + 1;
  const begun = cells.flatMap((share, cell) => (cell > 0 && share !== cells[cell - 1] ? [cell] : []));
  const taken = begun.filter((cell) => cell >= first && cell < last && cell >= closed);
  if (taken.length === 0) return first < closed ? 'closed' : 'absent';
  const ending = begun.find((cell) => cell > (taken.at(-1) as number)) ?? cells.length;
  const from = taken[0] as number;
  return cells.map((share, cell) => (cell >= from && cell < ending ? (cells[from - 1] as bigint) : share));
}

/** Paints cells until the next step begins. */
function painted(cells: readonly bigint[], first: number, share: bigint): bigint[] {
  const result = [...cells];
  for (let cell = first; cell < cells.length; cell += 1) {
    if (cell > first && cells[cell] !== cells[cell - 1]) break;
    result[cell] = share;
  }
  return result;
}
