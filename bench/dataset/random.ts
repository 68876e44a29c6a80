/** Gives a number from 0 to below 1. */
export type Random = () => number;

/** Numbers from 0 to below 1, always the same ones for a seed (mulberry32). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One of some values, each with the same probability. */
export function oneOf<Value>(values: readonly Value[], random: Random): Value {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error('There is nothing to choose from.');
  return value;
}

/**
 * Ranks from 0 to below count, rank r with a probability in proportion to 1 / (r + 1)^exponent; drawn in constant time
 * (Walker's alias method, as Vose writes it).
 */
export function zipf(count: number, exponent: number, random: Random): () => number {
  const weights = Float64Array.from({ length: count }, (_, rank) => (rank + 1) ** -exponent);
  const scale = count / weights.reduce((sum, weight) => sum + weight, 0);
  const chance = weights.map((weight) => weight * scale);
  const alias = new Int32Array(count);
  const small: number[] = [];
  const large: number[] = [];
  for (const [rank, part] of chance.entries()) (part < 1 ? small : large).push(rank);
  for (;;) {
    const rich = large.at(-1);
    const poor = rich === undefined ? undefined : small.pop();
    if (rich === undefined || poor === undefined) break;
    alias[poor] = rich;
    const left = (chance[rich] ?? 0) - (1 - (chance[poor] ?? 0));
    chance[rich] = left;
    if (left >= 1) continue;
    large.pop();
    small.push(rich);
  }
  // What is left over is 1 but for rounding.
  for (const rank of [...small, ...large]) chance[rank] = 1;
  return () => {
    const rank = Math.floor(random() * count);
    return random() < (chance[rank] ?? 1) ? rank : (alias[rank] ?? rank);
  };
}
