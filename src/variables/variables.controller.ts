import {
  applyDecorators,
  Body,
  Controller,
  Get,
  Headers,
  HttpStatus,
  Param,
  Put,
  Query,
  Res,
} from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { AuditedAs, CurrentWrite, Writes, type CurrentHttpWrite } from '../audit/index.js';
import { Access, WritesMoney } from '../auth/index.js';
import { ApiProblems } from '../platform/openapi/index.js';
import { PageRequestDto, PAGING_PROBLEMS } from '../platform/paging/index.js';
import {
  SetVariableRequestDto,
  VariableHistoryResponseDto,
  VariableListResponseDto,
  VariableResponseDto,
} from './variable.dto.js';
import { VARIABLE_KEYS, type VariableKey } from './variable-key.js';
import { auditDetails } from './variable-edit.js';
import { ApiIfMatch, ApiVariable } from './variable-answers.decorators.js';
import type { TaggedVariable } from './stored-variable.js';
import { VariableSettingsService } from './variable-settings.service.js';
import { CLOSED_PROBLEMS, VARIABLES_PROBLEMS } from './variables.problems.js';

/** The variables that change money of partners. */
const PRICES: ReadonlySet<unknown> = new Set<VariableKey>([
  'partnerRevenueShare',
  'creditsPerUnit',
  'minimumPayout',
]);

/** Documents the variable's name in the path. */
function ApiKey(): MethodDecorator {
  return applyDecorators(
    ApiParam({
      name: 'key',
      schema: { type: 'string', enum: [...VARIABLE_KEYS], example: 'partnerRevenueShare' },
    }),
    ApiProblems(VARIABLES_PROBLEMS.NOT_FOUND),
  );
}

/** The platform's settings. */
@ApiTags('variables')
@Controller('api/variables')
export class VariablesController {
  constructor(
    private readonly variables: VariableSettingsService,
    private readonly writes: Writes,
  ) {}

  /** Lists the variables. */
  @Get()
  @Access('finance', 'admin')
  @ApiOkResponse({ description: 'All variables.', type: VariableListResponseDto })
  async listVariables(): Promise<VariableListResponseDto> {
    return { data: await this.variables.list() };
  }

  /** Shows a variable. */
  @Get(':key')
  @Access('finance', 'admin')
  @ApiKey()
  @ApiVariable('The variable.')
  async getVariable(
    @Param('key') key: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<VariableResponseDto> {
    return answer(response, await this.variables.get(key));
  }

  /**
   * Sets a variable. Setting its current value again changes nothing. A value of `partnerRevenueShare` replaces all its
   * steps, also for past deployments; with `effectiveFrom` it holds from that day on.
   */
  @Put(':key')
  @Access('admin')
  @WritesMoney(({ params }) => PRICES.has(params.key))
  @AuditedAs('variables.set', 'variable')
  @ApiKey()
  @ApiIfMatch()
  @ApiVariable('The variable after the change.')
  @ApiProblems(
    VARIABLES_PROBLEMS.INVALID_VALUE,
    VARIABLES_PROBLEMS.CURRENCY_IS_FROZEN,
    CLOSED_PROBLEMS.MONTH_CLOSED,
    CLOSED_PROBLEMS.CLOSING_UNDER_WAY,
    VARIABLES_PROBLEMS.CHANGED_MEANWHILE,
  )
  async setVariable(
    @Param('key') key: string,
    @Body() { value, effectiveFrom }: SetVariableRequestDto,
    @Headers('if-match') ifMatch: string | undefined,
    @CurrentWrite() write: CurrentHttpWrite,
  ): Promise<VariableResponseDto> {
    const setting = await this.variables.judge(key, value, effectiveFrom);
    return this.writes.answer(write, async (manager) => {
      const { variable, etag, edit } = await this.variables.set(setting, ifMatch, write.caller.id, manager);
      const unchanged = { from: setting.value, to: setting.value };
      return {
        status: HttpStatus.OK,
        body: variable,
        headers: { ETag: etag },
        outcome: edit === null ? 'known' : 'done',
        targetId: key,
        details: edit === null ? unchanged : auditDetails(edit),
      };
    });
  }

  /** Lists the changes of a variable, the latest first, with caller, time, old and new value. */
  @Get(':key/history')
  @Access('finance', 'admin')
  @ApiKey()
  @ApiOkResponse({ description: 'A page of the history.', type: VariableHistoryResponseDto })
  @ApiProblems(PAGING_PROBLEMS.BAD_CURSOR)
  getVariableHistory(
    @Param('key') key: string,
    @Query() query: PageRequestDto,
  ): Promise<VariableHistoryResponseDto> {
    return this.variables.history(key, query);
  }
}

function answer(response: Response, { variable, etag }: TaggedVariable): VariableResponseDto {
  response.setHeader('ETag', etag);
  return variable;
}
