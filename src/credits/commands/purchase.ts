import { frozenAmount, type CreditsPerUnitChange, type Micros, type Purchase } from '../../domain/index.js';
import { field, type ReadValues } from './command-fields.js';
import { paymentFactsOf } from '../ledger/entry-columns.js';
import { currency, decimal, id, instant, optional, positiveDecimal } from './json-fields.js';

/** A purchase states both fields or none of them. */
export const ORIGINAL_WHOLE = 'originalAmount and originalCurrency must be given together';

/** The fields of a purchase in JSON (docs/rules.md, "Entries"). */
export const PURCHASE_FIELDS = {
  externalId: field('id', id),
  userId: field('userId', id),
  credits: field('credits', positiveDecimal),
  amount: field('amount', optional(decimal)),
  occurredAt: field('occurredAt', instant),
  expiresAt: field('expiresAt', optional(instant)),
  fee: field('fee', optional(decimal)),
  tax: field('tax', optional(decimal)),
  originalAmount: field('originalAmount', optional(decimal)),
  originalCurrency: field('originalCurrency', optional(currency)),
} as const;

/** A request to record a purchase. Without an amount, the credits are valued by the rate in force. */
export type PurchaseCommand = { readonly type: 'purchase' } & ReadValues<typeof PURCHASE_FIELDS>;

/** The rates for purchases without an amount. */
export interface PriceTerms {
  readonly creditsPerUnitChanges: readonly CreditsPerUnitChange[];
  readonly creditsPerUnitDefault: Micros;
}

export function purchaseOf(
  { type, id, occurredAt, credits, amount, expiresAt, ...told }: PurchaseCommand,
  { creditsPerUnitChanges, creditsPerUnitDefault }: PriceTerms,
): Purchase {
  const frozen = frozenAmount(amount, credits, occurredAt, creditsPerUnitChanges, creditsPerUnitDefault);
  return { type, id, occurredAt, credits, amount: frozen, expiresAt, ...paymentFactsOf(told) };
}
