import type { PurchaseRefund } from '../../domain/index.js';
import { field, type ReadValues } from './command-fields.js';
import { id, instant, optional, positiveDecimal, text } from './json-fields.js';

/** The fields of a refund of a purchase in JSON (docs/rules.md, "Entries"). */
export const PURCHASE_REFUND_FIELDS = {
  externalId: field('id', id),
  purchaseExternalId: field('refundedId', id),
  credits: field('credits', optional(positiveDecimal)),
  occurredAt: field('occurredAt', instant),
  reason: field('reason', optional(text)),
} as const;

/** A request to refund a purchase; without `credits`, all that are left in its lot. */
export type PurchaseRefundCommand = { readonly type: 'purchaseRefund' } & ReadValues<
  typeof PURCHASE_REFUND_FIELDS
>;

export function purchaseRefundOf({
  type,
  id,
  occurredAt,
  credits,
  refundedId,
}: PurchaseRefundCommand): PurchaseRefund {
  return { type, id, occurredAt, credits, purchaseId: refundedId };
}
