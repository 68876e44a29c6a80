import { Body, Controller, Get, HttpStatus, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AuditedAs, CurrentWrite, Writes, type CurrentHttpWrite } from '../audit/index.js';
import { Access, ANY_ROLE, CurrentCaller, type Caller } from '../auth/index.js';
import { HonoursIdempotencyKey } from '../platform/idempotency/index.js';
import { ApiProblems } from '../platform/openapi/index.js';
import { PAGING_PROBLEMS } from '../platform/paging/index.js';
import { PlatformIdParam } from '../platform/validation/index.js';
import {
  CreateModuleRequestDto,
  EditModuleRequestDto,
  ModuleListRequestDto,
  ModuleListResponseDto,
  ModuleResponseDto,
} from './module.dto.js';
import { MODULES_PROBLEMS } from './modules.problems.js';
import { ModulesService } from './modules.service.js';

/** The catalogue of modules that can be deployed. */
@ApiTags('modules')
@Controller('api/modules')
export class ModulesController {
  constructor(
    private readonly modules: ModulesService,
    private readonly writes: Writes,
  ) {}

  /** Lists and finds modules, sorted by id. */
  @Get()
  @Access(ANY_ROLE)
  @ApiOkResponse({ description: 'A page of the list.', type: ModuleListResponseDto })
  @ApiProblems(PAGING_PROBLEMS.BAD_CURSOR)
  listModules(
    @Query() query: ModuleListRequestDto,
    @CurrentCaller() caller: Caller,
  ): Promise<ModuleListResponseDto> {
    return this.modules.list(query, caller);
  }

  /** Shows a module. */
  @Get(':id')
  @Access(ANY_ROLE)
  @ApiOkResponse({ description: 'The module.', type: ModuleResponseDto })
  @ApiProblems(MODULES_PROBLEMS.NOT_FOUND)
  getModule(
    @PlatformIdParam('id', { example: 'mod_charts' }) id: string,
    @CurrentCaller() caller: Caller,
  ): Promise<ModuleResponseDto> {
    return this.modules.get(id, caller);
  }

  /** Publishes a module. A repeated request answers 200 and changes nothing. */
  @Post()
  @Access('partner', 'admin', 'platform')
  @AuditedAs('modules.create', 'module')
  @HonoursIdempotencyKey()
  @ApiCreatedResponse({ description: 'The module was published.', type: ModuleResponseDto })
  @ApiOkResponse({
    description: 'The module was already published with this content.',
    type: ModuleResponseDto,
  })
  @ApiProblems(
    MODULES_PROBLEMS.PARTNER_REQUIRED,
    MODULES_PROBLEMS.PARTNER_NOT_YOURS,
    MODULES_PROBLEMS.CONFLICT,
    MODULES_PROBLEMS.NO_SUCH_PARTNER,
  )
  createModule(
    @Body() body: CreateModuleRequestDto,
    @CurrentCaller() caller: Caller,
    @CurrentWrite() write: CurrentHttpWrite,
  ): Promise<ModuleResponseDto> {
    return this.writes.answer(write, async (manager) => {
      const { module, isNew } = await this.modules.create(body, caller, manager);
      return {
        status: isNew ? HttpStatus.CREATED : HttpStatus.OK,
        body: module,
        outcome: isNew ? 'done' : 'known',
        targetId: module.id,
      };
    });
  }

  /** Changes a module. Partners can change their own modules, admin and platform all. */
  @Patch(':id')
  @Access('partner', 'admin', 'platform')
  @AuditedAs('modules.edit', 'module')
  @ApiOkResponse({ description: 'The module after the change.', type: ModuleResponseDto })
  @ApiProblems(
    MODULES_PROBLEMS.NOT_FOUND,
    MODULES_PROBLEMS.FOREIGN,
    MODULES_PROBLEMS.PARTNER_NOT_YOURS,
    MODULES_PROBLEMS.PARTNER_IS_FROZEN,
    MODULES_PROBLEMS.NO_SUCH_PARTNER,
  )
  updateModule(
    @PlatformIdParam('id', { example: 'mod_charts' }) id: string,
    @Body() body: EditModuleRequestDto,
    @CurrentCaller() caller: Caller,
    @CurrentWrite() write: CurrentHttpWrite,
  ): Promise<ModuleResponseDto> {
    return this.writes.answer(write, async (manager) => {
      const { module, isChanged } = await this.modules.edit(id, body, caller, manager);
      return {
        status: HttpStatus.OK,
        body: module,
        outcome: isChanged ? 'done' : 'known',
        targetId: id,
        details: { fields: Object.keys(body) },
      };
    });
  }
}
