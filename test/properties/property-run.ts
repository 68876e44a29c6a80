import type { Parameters } from 'fast-check';

/**
 * How many histories each property tries. The seed is fixed, so that every `npm test` has the same result;
 * PROPERTY_RUNS=20000 PROPERTY_SEED=7 npx jest test/properties searches more.
 */
export const PROPERTY_RUN: Parameters<unknown> = {
  seed: Number(process.env.PROPERTY_SEED ?? 20_260_101),
  numRuns: Number(process.env.PROPERTY_RUNS ?? 300),
  verbose: false,
};
