import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../../auth/index.js';
import { ApiProblems } from '../../platform/openapi/index.js';
import { VALIDATION_PROBLEMS } from '../../platform/validation/index.js';
import { SharePreviewRequestDto } from '../dto/share-preview.request.dto.js';
import { SharePreviewDto } from '../dto/share-preview.response.dto.js';
import { REVENUE_PROBLEMS } from '../revenue.problems.js';
import { SharePreviewService } from './share-preview.service.js';

/** What a change of the partners' share would mean. It stands here, as variables know nothing of revenue. */
@ApiTags('variables')
@Controller('api/variables/partnerRevenueShare/preview')
export class SharePreviewController {
  constructor(private readonly previews: SharePreviewService) {}

  /**
   * Shows what each partner gets by the share in force and would get by another, for the deployments of a filter;
   * changes nothing. The platform's own modules are left out, as no share concerns them.
   */
  @Get()
  @Access('finance', 'admin')
  @ApiOkResponse({ description: 'The figures, partner by partner.', type: SharePreviewDto })
  @ApiProblems(
    VALIDATION_PROBLEMS.INVALID,
    REVENUE_PROBLEMS.MODULE_NOT_FOUND,
    REVENUE_PROBLEMS.PARTNER_NOT_FOUND,
  )
  previewRevenueShare(@Query() query: SharePreviewRequestDto): Promise<SharePreviewDto> {
    return this.previews.preview(query);
  }
}
