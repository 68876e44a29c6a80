import type { Entry } from '../../src/domain/index.js';
import { SlowLedger } from './slow-ledger.js';

/** Places of revenue. */
const PLACES = 12;

/** The gross revenue of each deployment after folding the first entries, then one more, and so on; `undefined` before it. */
export function slowGrosses(recorded: readonly Entry[]): Map<string, bigint>[] {
  return Array.from({ length: recorded.length + 1 }, (_, count) => {
    const { spends } = new SlowLedger(recorded.slice(0, count)).story();
    return new Map(spends.map(({ spend, gross }) => [spend, gross]));
  });
}

/**
 * The parts of later entries, word for word as docs/statements.md defines them: the fold up to each, less the fold up to
 * the one before.
 *
 * @param recorded in the order of recording
 * @param grosses of `slowGrosses`
 * @param closed how many of them the last closing knew
 * @returns by entry, `type id`, without parts of 0
 */
export function slowParts(
  recorded: readonly Entry[],
  grosses: readonly ReadonlyMap<string, bigint>[],
  closed: number,
  deploymentId: string,
): { readonly entry: string; readonly part: bigint }[] {
  const grossAfter = (count: number): bigint => grosses[count]?.get(`deployment ${deploymentId}`) ?? 0n;
  return recorded
    .map(({ type, id }, index) => ({
      entry: `${type} ${id}`,
      part: grossAfter(index + 1) - grossAfter(index),
    }))
    .filter(({ part }, index) => index >= closed && part !== 0n);
}

/** Rounds by the digits on paper: the nearest, and of two the one with the even last digit. */
export function slowRounded(amount: bigint, places: number): bigint {
  const sign = amount < 0n ? -1n : 1n;
  const digits = String(amount * sign).padStart(PLACES + 1, '0');
  const cut = digits.length - PLACES + places;
  const [kept, rest] = [BigInt(digits.slice(0, cut)), digits.slice(cut)];
  const half = '5'.padEnd(rest.length, '0');
  const isUp = rest > half || (rest === half && Number(digits[cut - 1]) % 2 === 1);
  return sign * BigInt(`${isUp ? kept + 1n : kept}${'0'.repeat(PLACES - places)}`);
}
