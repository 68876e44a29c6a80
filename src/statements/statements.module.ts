import { Module } from '@nestjs/common';
import { CreditsModule } from '../credits/index.js';
import { RevenueModule } from '../revenue/index.js';
import { UsersModule } from '../users/index.js';
import { VariablesModule } from '../variables/index.js';
import { Closings } from './closing/closings.service.js';
import { ClosingPreviews } from './closing/preview.service.js';
import { ClosingsController } from './http/closings.controller.js';
import { PaymentsController } from './http/payments.controller.js';
import { PayoutsController } from './http/payouts.controller.js';
import { StatementsController } from './http/statements.controller.js';
import { Payments } from './payments/payments.service.js';
import { PayoutLists } from './payments/payouts.service.js';
import { CurrentStandings } from './queries/current.service.js';
import { Statements } from './queries/statements.service.js';
import { StatementsVerify } from './verify/verify.service.js';

/** Closed months: closings, statements of partners, payments and payouts. */
@Module({
  imports: [CreditsModule, RevenueModule, UsersModule, VariablesModule],
  // No statement has the id `closings` or `current`: every id contains a month.
  controllers: [ClosingsController, StatementsController, PaymentsController, PayoutsController],
  providers: [
    Closings,
    ClosingPreviews,
    Statements,
    CurrentStandings,
    Payments,
    PayoutLists,
    StatementsVerify,
  ],
  exports: [Closings, ClosingPreviews, Statements, CurrentStandings, Payments, PayoutLists, StatementsVerify],
})
export class StatementsModule {}
