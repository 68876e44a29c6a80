import type { Pool, SpendCategory } from '../../domain/index.js';

/** What a spend may be for. */
export const SPEND_CATEGORIES = [
  'project',
  'build',
  'adjustment',
] as const satisfies readonly SpendCategory[];

/** Which credits may pay for a spend. */
export const POOLS = ['any', 'free', 'purchased'] as const satisfies readonly Pool[];
