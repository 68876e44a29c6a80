import { Module } from '@nestjs/common';
import { CreditsModule } from '../credits/index.js';
import { VariablesModule } from '../variables/index.js';
import { RecordedPurchases } from './recorded-purchases.js';
import { LedgerPayments } from './tie-out/ledger-payments.js';
import { TieOut } from './tie-out/tie-out.service.js';
import { StripeConverter } from './stripe/stripe-converter.js';

/** What payment providers tell: their events as lines of an import, their books beside the ledger's. */
@Module({
  imports: [CreditsModule, VariablesModule],
  providers: [LedgerPayments, RecordedPurchases, StripeConverter, TieOut],
})
export class PaymentsModule {}
