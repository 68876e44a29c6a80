import type { PurchaseReversal, ReversalCause } from '../../domain/index.js';
import { field, type ReadValues } from './command-fields.js';
import { id, instant, oneOf, optional, positiveDecimal } from './json-fields.js';

/** Why the money of a purchase was taken back. */
export const REVERSAL_CAUSES = [
  'chargeback',
  'paymentFailed',
  'fraud',
  'other',
] as const satisfies readonly ReversalCause[];

/** The fields of a reversal of a purchase in JSON (docs/rules.md, "Entries"). */
export const PURCHASE_REVERSAL_FIELDS = {
  externalId: field('id', id),
  purchaseExternalId: field('refundedId', id),
  credits: field('credits', optional(positiveDecimal)),
  occurredAt: field('occurredAt', instant),
  reason: field('cause', optional(oneOf(...REVERSAL_CAUSES))),
} as const;

/** A request to reverse a purchase; without `credits`, all that is left to reverse. */
export type PurchaseReversalCommand = { readonly type: 'purchaseReversal' } & ReadValues<
  typeof PURCHASE_REVERSAL_FIELDS
>;

export function purchaseReversalOf({
  type,
  id,
  occurredAt,
  credits,
  refundedId,
  cause,
}: PurchaseReversalCommand): PurchaseReversal {
  return { type, id, occurredAt, credits, purchaseId: refundedId, cause };
}
