import type { Pool, Spend, SpendCategory } from '../../domain/index.js';
import { field, type ReadValues } from './command-fields.js';
import { id, instant, oneOf, optional, positiveDecimal } from './json-fields.js';

/** The purposes of spends. */
export const SPEND_CATEGORIES = [
  'project',
  'build',
  'adjustment',
] as const satisfies readonly SpendCategory[];

/** The credits that can pay for a spend. */
export const POOLS = ['any', 'free', 'purchased'] as const satisfies readonly Pool[];

/** The fields of a spend in JSON (docs/rules.md, "Entries"). */
export const SPEND_FIELDS = {
  externalId: field('id', id),
  userId: field('userId', id),
  credits: field('credits', positiveDecimal),
  category: field('category', oneOf(...SPEND_CATEGORIES)),
  pool: field('pool', optional(oneOf(...POOLS))),
  occurredAt: field('occurredAt', instant),
} as const;

/** A request to record a spend. */
export type SpendCommand = { readonly type: 'spend' } & ReadValues<typeof SPEND_FIELDS>;

export function spendOf({ type, id, occurredAt, credits, category, pool }: SpendCommand): Spend {
  return { type, id, occurredAt, credits, category, pool: pool ?? 'any' };
}
