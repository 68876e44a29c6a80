import type { Award } from '../../domain/index.js';
import { field, type ReadValues } from './command-fields.js';
import { id, instant, optional, positiveDecimal, text } from './json-fields.js';

/** The fields of an award in JSON (docs/rules.md, "Entries"). */
export const AWARD_FIELDS = {
  externalId: field('id', id),
  userId: field('userId', id),
  credits: field('credits', positiveDecimal),
  occurredAt: field('occurredAt', instant),
  expiresAt: field('expiresAt', optional(instant)),
  reason: field('reason', optional(text)),
} as const;

/** A request to record an award. */
export type AwardCommand = { readonly type: 'award' } & ReadValues<typeof AWARD_FIELDS>;

export function awardOf({ type, id, occurredAt, credits, expiresAt }: AwardCommand): Award {
  return { type, id, occurredAt, credits, expiresAt };
}
