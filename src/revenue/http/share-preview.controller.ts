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

/** The responses of the preview, for GET and for POST. */
function AnswersPreview(): MethodDecorator {
  return applyDecorators(
    Access('finance', 'admin'),
    ApiOkResponse({ description: 'The figures of each partner.', type: SharePreviewDto }),
    ApiProblems(
      VALIDATION_PROBLEMS.INVALID,
      REVENUE_PROBLEMS.MODULE_NOT_FOUND,
      REVENUE_PROBLEMS.PARTNER_NOT_FOUND,
      REVENUE_PROBLEMS.USER_NOT_FOUND,
    ),
  );
}

/** Computes partners' revenue under another share. It is in `revenue` because `variables` cannot import `revenue`. */
@ApiTags('variables')
@Controller('api/variables/partnerRevenueShare/preview')
export class SharePreviewController {
  constructor(private readonly previews: SharePreviewService) {}

  /**
   * Shows what each partner gets under the share in force and would get under another share, for the deployments of a
   * filter. It changes nothing. It leaves out the platform's own modules, because the share does not apply to them.
   */
  @Get()
  @AnswersPreview()
  previewRevenueShare(@Query() query: SharePreviewRequestDto): Promise<SharePreviewDto> {
    return this.previews.preview(query);
  }

  /**
   * Shows the same preview for a filter that is too long for a URL. The fields of the body are the parameters, with an
   * array for each repeatable one. The request only reads, like `POST /api/revenue/search`.
   */
  @Post()
  @AnswersPreview()
  @ReadsByBody({ maxBytes: SEARCH_BODY_MAX_BYTES })
  searchSharePreview(@Body() query: SharePreviewRequestDto): Promise<SharePreviewDto> {
    return this.previews.preview(query);
  }
}
