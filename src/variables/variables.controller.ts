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
import { ApiHeader, ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
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
import { VariableSettingsService, type TaggedVariable } from './variable-settings.service.js';
import { VARIABLES_PROBLEMS } from './variables.problems.js';

/** The variables that change money of partners. */
const PRICES: ReadonlySet<unknown> = new Set<VariableKey>(['partnerRevenueShare', 'creditsPerUnit']);

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

/** Documents the answer that shows a variable. */
function ApiVariable(description: string): MethodDecorator {
  return ApiOkResponse({
    description,
    type: VariableResponseDto,
    headers: {
      ETag: {
        description: 'The version of the variable, for If-Match.',
        schema: { type: 'string', example: '"2"' },
      },
    },
  });
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

  /** Sets a variable. Setting its current value again changes nothing. */
  @Put(':key')
  @Access('admin')
  @WritesMoney(({ params }) => PRICES.has(params.key))
  @AuditedAs('variables.set', 'variable')
  @ApiKey()
  @ApiHeader({
    name: 'If-Match',
    required: false,
    description:
      'The ETag of the version that was read. If another caller has set the variable since, the answer is 412.',
    schema: { type: 'string', example: '"1"' },
  })
  @ApiVariable('The variable after the change.')
  @ApiProblems(
    VARIABLES_PROBLEMS.INVALID_VALUE,
    VARIABLES_PROBLEMS.CURRENCY_IS_FROZEN,
    VARIABLES_PROBLEMS.CHANGED_MEANWHILE,
  )
  async setVariable(
    @Param('key') key: string,
    @Body() { value }: SetVariableRequestDto,
    @Headers('if-match') ifMatch: string | undefined,
    @CurrentWrite() write: CurrentHttpWrite,
  ): Promise<VariableResponseDto> {
    const setting = await this.variables.judge(key, value);
    return this.writes.answer(write, async (manager) => {
      const set = await this.variables.set(setting, ifMatch, write.caller.id, manager);
      return {
        status: HttpStatus.OK,
        body: set.variable,
        headers: { ETag: set.etag },
        outcome: set.replaced === null ? 'known' : 'done',
        targetId: key,
        details: { from: set.replaced ?? setting.value, to: setting.value },
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
