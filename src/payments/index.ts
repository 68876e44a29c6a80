export { PaymentsModule } from './payments.module.js';
export { StripeConverter } from './stripe/stripe-converter.js';
export type { StripeConversionResult } from './stripe/stripe-conversion.js';
