import { formatDecimal, type Micros, type PaymentFacts } from '../../domain/index.js';

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
    fee: decimalOrNull(facts?.fee),
    tax: decimalOrNull(facts?.tax),
    originalAmount: decimalOrNull(facts?.originalAmount),
    originalCurrency: facts?.originalCurrency ?? null,
  };
}

function decimalOrNull(micros: Micros | null | undefined): string | null {
  return micros === null || micros === undefined ? null : formatDecimal(micros);
}
