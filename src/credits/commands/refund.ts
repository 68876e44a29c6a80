import type { Refund } from '../../domain/index.js';
import { field, type ReadValues } from './command-fields.js';
import { id, instant, optional, positiveDecimal, text } from './json-fields.js';

/** The fields of a refund of a deployment in JSON (docs/rules.md, "Entries"). */
export const REFUND_FIELDS = {
  externalId: field('id', id),
  deploymentId: field('refundedId', id),
  credits: field('credits', optional(positiveDecimal)),
  occurredAt: field('occurredAt', instant),
  reason: field('reason', optional(text)),
} as const;

/** A request to refund a deployment; without `credits`, all that is left to refund. */
export type RefundCommand = { readonly type: 'refund' } & ReadValues<typeof REFUND_FIELDS>;

export function refundOf({ type, id, occurredAt, credits, refundedId }: RefundCommand): Refund {
  return { type, id, occurredAt, credits, deploymentId: refundedId };
}
