export { PaymentsModule } from './payments.module.js';
export { StripeConverter } from './stripe/stripe-converter.js';
export type { StripeConversionResult } from './stripe/stripe-conversion.js';
export type { LedgerMoney } from './tie-out/money-item.js';
export type { ProviderColumns } from './tie-out/provider-file.js';
export { TieOut, type FileTieOut } from './tie-out/tie-out.service.js';
