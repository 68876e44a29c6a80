import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../auth/index.js';
import { ApiProblems } from '../platform/openapi/index.js';
import { PAGING_PROBLEMS } from '../platform/paging/index.js';
import { AuditList } from './audit-list.js';
import { AuditListRequestDto, AuditListResponseDto } from './audit-list.dto.js';

/** Who did what. */
@ApiTags('audit')
@Controller('api/audit')
export class AuditController {
  constructor(private readonly events: AuditList) {}

  /** Lists who changed what, and who was refused what is another's, the latest first. */
  @Get()
  @Access('admin')
  @ApiOkResponse({ description: 'A part of the audit.', type: AuditListResponseDto })
  @ApiProblems(PAGING_PROBLEMS.BAD_CURSOR)
  listAuditEvents(@Query() query: AuditListRequestDto): Promise<AuditListResponseDto> {
    return this.events.list(query);
  }
}
