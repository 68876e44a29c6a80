import { Controller, Delete, Headers, HttpStatus } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AuditedAs, CurrentWrite, Writes, type CurrentHttpWrite } from '../audit/index.js';
import { Access, WritesMoney } from '../auth/index.js';
import { ApiProblems } from '../platform/openapi/index.js';
import { DayParam, VALIDATION_PROBLEMS } from '../platform/validation/index.js';
import { ApiIfMatch, ApiVariable } from './variable-answers.decorators.js';
import type { VariableResponseDto } from './variable.dto.js';
import { auditDetails } from './variable-edit.js';
import { VariableSettingsService } from './variable-settings.service.js';
import { CLOSED_PROBLEMS, VARIABLES_PROBLEMS } from './variables.problems.js';

/** The steps of the share. */
@ApiTags('variables')
@Controller('api/variables/partnerRevenueShare/steps')
export class ShareStepsController {
  constructor(
    private readonly variables: VariableSettingsService,
    private readonly writes: Writes,
  ) {}

  /**
   * Takes back the step of the share that begins in this day of the variable `timeZone`: the share before it stays in
   * force until the next step.
   */
  @Delete(':day')
  @Access('admin')
  @WritesMoney()
  @AuditedAs('variables.takeBackStep', 'variable')
  @ApiIfMatch()
  @ApiVariable('The variable after the change.')
  @ApiProblems(
    VALIDATION_PROBLEMS.INVALID,
    VARIABLES_PROBLEMS.STEP_NOT_FOUND,
    CLOSED_PROBLEMS.MONTH_CLOSED,
    CLOSED_PROBLEMS.CLOSING_UNDER_WAY,
    VARIABLES_PROBLEMS.CHANGED_MEANWHILE,
  )
  deleteShareStep(
    @DayParam('day', { example: '2026-03-01' }) day: string,
    @Headers('if-match') ifMatch: string | undefined,
    @CurrentWrite() write: CurrentHttpWrite,
  ): Promise<VariableResponseDto> {
    return this.writes.answer(write, async (manager) => {
      const taken = await this.variables.takeBackStep(day, ifMatch, write.caller.id, manager);
      return {
        status: HttpStatus.OK,
        body: taken.variable,
        headers: { ETag: taken.etag },
        outcome: 'done',
        targetId: 'partnerRevenueShare',
        details: auditDetails(taken.edit),
      };
    });
  }
}
