import { applyDecorators, Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../../auth/index.js';
import { ReadsByBody } from '../../platform/http/index.js';
import { ApiProblems } from '../../platform/openapi/index.js';
import { VALIDATION_PROBLEMS } from '../../platform/validation/index.js';
import { SEARCH_BODY_MAX_BYTES } from './dto/revenue-filter.dto.js';
import { SharePreviewDto, SharePreviewRequestDto } from './dto/share-preview.dto.js';
import { REVENUE_PROBLEMS } from '../revenue.problems.js';
import { SharePreviewService } from '../preview/share-preview.service.js';

/** What asking for a preview answers, by GET and by POST. */
function AnswersPreview(): MethodDecorator {
  return applyDecorators(
    Access('finance', 'admin'),
    ApiOkResponse({ description: 'The figures, partner by partner.', type: SharePreviewDto }),
    ApiProblems(
      VALIDATION_PROBLEMS.INVALID,
      REVENUE_PROBLEMS.MODULE_NOT_FOUND,
      REVENUE_PROBLEMS.PARTNER_NOT_FOUND,
    ),
  );
}

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
  @AnswersPreview()
  previewRevenueShare(@Query() query: SharePreviewRequestDto): Promise<SharePreviewDto> {
    return this.previews.preview(query);
  }

  /**
   * Shows the same for a filter that is too long for an address. The body has the parameters as fields, with an array for
   * one that may be repeated. It is a read, as `POST /api/revenue/search` is.
   */
  @Post()
  @AnswersPreview()
  @ReadsByBody({ maxBytes: SEARCH_BODY_MAX_BYTES })
  searchSharePreview(@Body() query: SharePreviewRequestDto): Promise<SharePreviewDto> {
    return this.previews.preview(query);
  }
}
