import { Module } from '@nestjs/common';
import { VariablesModule } from '../variables/index.js';
import { SignalsController } from './signals.controller.js';
import { SignalsService } from './signals.service.js';

/** What looks wrong in a month, for finance and admin. */
@Module({
  imports: [VariablesModule],
  controllers: [SignalsController],
  providers: [SignalsService],
})
export class SignalsModule {}
