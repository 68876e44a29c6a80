import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../auth/index.js';
import { ApiProblems } from '../platform/openapi/index.js';
import { PAGING_PROBLEMS } from '../platform/paging/index.js';
import { AuditList } from './audit-list.js';
import { AuditListRequestDto, AuditListResponseDto } from './audit-list.dto.js';

/** Routes of the audit. */
@ApiTags('audit')
@Controller('api/audit')
export class AuditController {
  constructor(private readonly events: AuditList) {}

  /** Lists changes and refused attempts on resources of others, latest first. */
  @Get()
  @Access('admin')
  @ApiOkResponse({ description: 'A page of the audit.', type: AuditListResponseDto })
  @ApiProblems(PAGING_PROBLEMS.BAD_CURSOR)
  listAuditEvents(@Query() query: AuditListRequestDto): Promise<AuditListResponseDto> {
    return this.events.list(query);
  }
}
