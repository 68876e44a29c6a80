/** Numbers from 0 to below 1, always the same ones for a seed (mulberry32). */
export function seededRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * Ranks from 0 to below count, rank r with a probability in proportion to 1 / (r + 1)^exponent; drawn in constant time
 * (Walker's alias method, as Vose writes it).
 */
export function zipf(count, exponent, random) {
  const weights = Float64Array.from({ length: count }, (_, rank) => (rank + 1) ** -exponent);
  const scale = count / weights.reduce((sum, weight) => sum + weight, 0);
  const chance = weights.map((weight) => weight * scale);
  const alias = new Int32Array(count);
  const [small, large] = [[], []];
  for (const [rank, part] of chance.entries()) (part < 1 ? small : large).push(rank);
  while (small.length > 0 && large.length > 0) {
    const poor = small.pop();
    const rich = large.at(-1);
    alias[poor] = rich;
    chance[rich] -= 1 - chance[poor];
    if (chance[rich] < 1) small.push(large.pop());
  }
  // What is left over is 1 but for rounding.
  for (const rank of [...small, ...large]) chance[rank] = 1;
  return () => {
    const rank = Math.floor(random() * count);
    return random() < chance[rank] ? rank : alias[rank];
  };
}
