import { Body, Controller, Get, HttpStatus, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Access, ANY_ROLE, CurrentCaller, type Caller } from '../auth/index.js';
import { ApiProblems } from '../platform/openapi/index.js';
import { PAGING_PROBLEMS } from '../platform/paging/index.js';
import { PlatformIdParam } from '../platform/validation/index.js';
import { CreateModuleRequestDto } from './dto/create-module.request.dto.js';
import { EditModuleRequestDto } from './dto/edit-module.request.dto.js';
import { ModuleListRequestDto } from './dto/module-list.request.dto.js';
import { ModuleListResponseDto, ModuleResponseDto } from './dto/module.response.dto.js';
import { MODULES_PROBLEMS } from './modules.problems.js';
import { ModulesService } from './modules.service.js';

/** The catalogue of what can be deployed. */
@ApiTags('modules')
@Controller('api/modules')
export class ModulesController {
  constructor(private readonly modules: ModulesService) {}

  /** Finds modules, by id. */
  @Get()
  @Access(ANY_ROLE)
  @ApiOkResponse({ description: 'A part of the list.', type: ModuleListResponseDto })
  @ApiProblems(PAGING_PROBLEMS.BAD_CURSOR)
  list(
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
  get(
    @PlatformIdParam('id', { example: 'mod_charts' }) id: string,
    @CurrentCaller() caller: Caller,
  ): Promise<ModuleResponseDto> {
    return this.modules.get(id, caller);
  }

  /** Publishes a module. The same again answers 200 and changes nothing. */
  @Post()
  @Access('partner', 'admin', 'platform')
  @ApiCreatedResponse({ description: 'The module was published.', type: ModuleResponseDto })
  @ApiOkResponse({
    description: 'The module was published before, with this content.',
    type: ModuleResponseDto,
  })
  @ApiProblems(
    MODULES_PROBLEMS.PARTNER_REQUIRED,
    MODULES_PROBLEMS.PARTNER_NOT_YOURS,
    MODULES_PROBLEMS.CONFLICT,
    MODULES_PROBLEMS.NO_SUCH_PARTNER,
  )
  async create(
    @Body() body: CreateModuleRequestDto,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ModuleResponseDto> {
    const { module, isNew } = await this.modules.create(body, caller);
    response.status(isNew ? HttpStatus.CREATED : HttpStatus.OK);
    return module;
  }

  /** Changes a module: partners their own, admin and platform any. */
  @Patch(':id')
  @Access('partner', 'admin', 'platform')
  @ApiOkResponse({ description: 'The module as it is now.', type: ModuleResponseDto })
  @ApiProblems(
    MODULES_PROBLEMS.NOT_FOUND,
    MODULES_PROBLEMS.FOREIGN,
    MODULES_PROBLEMS.PARTNER_NOT_YOURS,
    MODULES_PROBLEMS.PARTNER_IS_FROZEN,
    MODULES_PROBLEMS.NO_SUCH_PARTNER,
  )
  edit(
    @PlatformIdParam('id', { example: 'mod_charts' }) id: string,
    @Body() body: EditModuleRequestDto,
    @CurrentCaller() caller: Caller,
  ): Promise<ModuleResponseDto> {
    return this.modules.edit(id, body, caller);
  }
}
