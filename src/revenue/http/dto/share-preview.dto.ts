import { ApiProperty, ApiSchema, IntersectionType } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsDay } from '../../../platform/validation/index.js';
import { IsRevenueShare, ShareStepDto } from '../../../variables/index.js';
import type {
  PreviewFigures,
  PreviewRequest,
  PreviewRow,
  SharePreview,
} from '../../preview/share-preview.js';
import { RevenueAnsweredFilterDto, RevenueFilterRequestDto } from './revenue-filter.dto.js';

/** The share to try, and the deployments to compute it for. */
@ApiSchema({ name: 'SharePreviewSearch' })
export class SharePreviewRequestDto extends RevenueFilterRequestDto implements PreviewRequest {
  /** The share to try: a percentage from 0 to 100 with at most 4 places. */
  @IsRevenueShare()
  value: string;

  /**
   * The day from which it would hold, in the variable `timeZone`; what is scheduled later would stay. Absent: for all
   * deployments.
   */
  @IsOptional()
  @IsDay({ example: '2026-03-01' })
  @ApiProperty({ required: false })
  effectiveFrom?: string;
}

/** The effect of another share. Money in the platform's currency, as canonical strings. */
export class SharePreviewFiguresDto implements PreviewFigures {
  /** True revenue of the partners' modules; it does not depend on the share. */
  @ApiProperty({ type: 'string', example: '0.85' })
  grossRevenue: string;

  /** The partner's revenue under the shares that hold now, each deployment by that of its createdAt. */
  @ApiProperty({ type: 'string', example: '0.255' })
  revenueNow: string;

  /** The partner's revenue if the share were set. */
  @ApiProperty({ type: 'string', example: '0.2975' })
  revenueThen: string;

  /** revenueThen - revenueNow; negative if the partner would get less. */
  @ApiProperty({ type: 'string', example: '0.0425' })
  difference: string;
}

class SharePreviewPartnerDto implements Omit<PreviewRow, keyof PreviewFigures> {
  @ApiProperty({ type: 'string', example: 'partner_7' })
  partnerId: string;

  /** The partner's name, or else its e-mail address, or else its id. */
  @ApiProperty({ type: 'string', example: 'Studio Seven' })
  partnerName: string;
}

/** The figures of one partner. */
export class SharePreviewRowDto
  extends IntersectionType(SharePreviewPartnerDto, SharePreviewFiguresDto)
  implements PreviewRow {}

/** The partners' revenue now and under another share, from one snapshot. */
export class SharePreviewDto implements SharePreview {
  /** Sorted by gross revenue, the highest first, then by id. */
  @ApiProperty({ type: [SharePreviewRowDto] })
  data: readonly SharePreviewRowDto[];

  /** The exact sums of all rows. */
  @ApiProperty({ type: SharePreviewFiguresDto })
  totals: SharePreviewFiguresDto;

  /** In percent: the share to try. */
  @ApiProperty({ type: 'string', example: '35' })
  value: string;

  /** As requested. */
  @ApiProperty({ type: 'string', format: 'date', nullable: true, example: '2026-03-01' })
  effectiveFrom: string | null;

  /** In percent: the share in force at `snapshotAt`. */
  @ApiProperty({ type: 'string', example: '30' })
  partnerRevenueShare: string;

  /** The shares inside the filter's range. */
  @ApiProperty({ type: [ShareStepDto] })
  shares: readonly ShareStepDto[];

  /** What they would be. */
  @ApiProperty({ type: [ShareStepDto] })
  sharesThen: readonly ShareStepDto[];

  /** ISO 4217. */
  @ApiProperty({ type: 'string', example: 'USD' })
  currency: string;

  @ApiProperty({ type: RevenueAnsweredFilterDto })
  filter: RevenueAnsweredFilterDto;

  /** The response contains everything that was recorded until this instant. */
  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-06-01T08:00:00.123Z' })
  snapshotAt: string;
}
