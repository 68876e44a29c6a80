import { ApiSchema } from '@nestjs/swagger';
import { IsRevenueShare } from '../../variables/index.js';
import type { PreviewRequest } from '../preview/share-preview.js';
import { RevenueFilterRequestDto } from './revenue-filter.request.dto.js';

/** What the share could be, and for which deployments that is worked out. */
@ApiSchema({ name: 'SharePreviewSearch' })
export class SharePreviewRequestDto extends RevenueFilterRequestDto implements PreviewRequest {
  /** The share as it could be: a percentage from 0 to 100 with at most 4 places. */
  @IsRevenueShare()
  value: string;
}
