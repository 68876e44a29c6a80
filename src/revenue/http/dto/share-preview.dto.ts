import { ApiProperty, ApiSchema, IntersectionType } from '@nestjs/swagger';
import { IsRevenueShare } from '../../../variables/index.js';
import type {
  PreviewFigures,
  PreviewRequest,
  PreviewRow,
  SharePreview,
} from '../../preview/share-preview.js';
import { RevenueAnsweredFilterDto, RevenueFilterRequestDto } from './revenue-filter.dto.js';

/** What the share could be, and for which deployments that is worked out. */
@ApiSchema({ name: 'SharePreviewSearch' })
export class SharePreviewRequestDto extends RevenueFilterRequestDto implements PreviewRequest {
  /** The share as it could be: a percentage from 0 to 100 with at most 4 places. */
  @IsRevenueShare()
  value: string;
}

/** What a change of the share would change. Money in the platform's currency, as canonical strings. */
export class SharePreviewFiguresDto implements PreviewFigures {
  /** True revenue of partners' modules, which no share changes. */
  @ApiProperty({ type: 'string', example: '0.85' })
  grossRevenue: string;

  /** The partner's part of it by the share in force. */
  @ApiProperty({ type: 'string', example: '0.255' })
  revenueNow: string;

  /** The partner's part of it by the share that is asked about. */
  @ApiProperty({ type: 'string', example: '0.2975' })
  revenueThen: string;

  /** revenueThen - revenueNow; negative where the partner would get less. */
  @ApiProperty({ type: 'string', example: '0.0425' })
  difference: string;
}

class SharePreviewPartnerDto implements Omit<PreviewRow, keyof PreviewFigures> {
  @ApiProperty({ type: 'string', example: 'partner_7' })
  partnerId: string;

  /** Its name, or else its e-mail address, or else its id. */
  @ApiProperty({ type: 'string', example: 'Studio Seven' })
  partnerName: string;
}

/** What one partner would get. */
export class SharePreviewRowDto
  extends IntersectionType(SharePreviewPartnerDto, SharePreviewFiguresDto)
  implements PreviewRow {}

/** What partners get by the share in force and would get by another, from one snapshot. */
export class SharePreviewDto implements SharePreview {
  /** Those with the most gross first, then by id. */
  @ApiProperty({ type: [SharePreviewRowDto] })
  data: readonly SharePreviewRowDto[];

  /** The exact sums of all rows. */
  @ApiProperty({ type: SharePreviewFiguresDto })
  totals: SharePreviewFiguresDto;

  /** Percent: the share that is asked about. */
  @ApiProperty({ type: 'string', example: '35' })
  value: string;

  /** Percent: the share in force now. */
  @ApiProperty({ type: 'string', example: '30' })
  partnerRevenueShare: string;

  /** ISO 4217. */
  @ApiProperty({ type: 'string', example: 'USD' })
  currency: string;

  @ApiProperty({ type: RevenueAnsweredFilterDto })
  filter: RevenueAnsweredFilterDto;

  /** Everything recorded by then is in the answer. */
  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-06-01T08:00:00.123Z' })
  snapshotAt: string;
}
