import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../auth/index.js';
import { ApiProblems } from '../platform/openapi/index.js';
import { VALIDATION_PROBLEMS } from '../platform/validation/index.js';
import { SignalsDto, SignalsQueryDto } from './signals.dto.js';
import { SignalsService } from './signals.service.js';

/** Signals for finance. */
@ApiTags('signals')
@Controller('api/signals')
export class SignalsController {
  constructor(private readonly signals: SignalsService) {}

  /**
   * Lists what a person should look at in a month: reversed revenue, one large customer, refunds in circles, customers
   * related to partners, and costs that rose. It blocks nothing and gives no score.
   */
  @Get()
  @Access('finance', 'admin')
  @ApiOkResponse({ description: 'The signals of the month.', type: SignalsDto })
  @ApiProblems(VALIDATION_PROBLEMS.INVALID)
  listSignals(@Query() { month }: SignalsQueryDto): Promise<SignalsDto> {
    return this.signals.read(month ?? null);
  }
}
