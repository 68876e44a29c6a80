import type { PaymentFacts } from '../../domain/index.js';
import { decimalOrNull } from './dto/recorded.dto.js';

/** What a payment provider told of a purchase, as text; null where nothing was told. */
export interface PaymentTexts {
  readonly fee: string | null;
  readonly tax: string | null;
  readonly originalAmount: string | null;
  readonly originalCurrency: string | null;
}

/** Converts what a payment provider told of a purchase. */
export function paymentTexts(facts: PaymentFacts | undefined): PaymentTexts {
  return {
    fee: decimalOrNull(facts?.fee ?? null),
    tax: decimalOrNull(facts?.tax ?? null),
    originalAmount: decimalOrNull(facts?.originalAmount ?? null),
    originalCurrency: facts?.originalCurrency ?? null,
  };
}
