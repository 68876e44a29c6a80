import type { Bench } from './bench.js';

/** How often what takes minutes at ten million is done; its noise shrinks as it grows. */
export function roundsOf({ shape: { deployments } }: Pick<Bench, 'shape'>): number {
  if (deployments <= 100_000) return 3;
  return deployments <= 1_000_000 ? 2 : 1;
}
