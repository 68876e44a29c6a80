import { ApiProperty } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsBooleanParameter, IsOneOf, IsPlatformId, Repeatable } from '../../../platform/validation/index.js';
import { TimeRangeRequestDto, TimeRangeResponseDto } from '../../../variables/index.js';
import type { AnsweredFilter } from '../../filter/answered-filter.js';
import { type Owner, OWNERS, type RevenueFilterRequest } from '../../filter/revenue-filter.js';

/** Most ids in one list of a filter; URLs reach their own limit much earlier (docs/contract.md, "Revenue"). */
const IDS_MAX = 5_000;

/** Largest body of a search. Three full lists of the longest ids fit. */
export const SEARCH_BODY_MAX_BYTES = 2 * 1024 * 1024;

/** Selects the deployments of a report. Without any field: all that the caller can see. */
export class RevenueFilterRequestDto extends TimeRangeRequestDto implements RevenueFilterRequest {
  /** Only these modules; repeatable. 404 for an unknown id; for partners also for a module of others. */
  @IsOptional()
  @Repeatable({ maxTimes: IDS_MAX })
  @IsPlatformId({ each: true, example: 'mod_charts' })
  @ApiProperty({ required: false, minItems: 1, maxItems: IDS_MAX })
  moduleId?: string[];

  /**
   * All modules except these; repeatable. With `moduleId`: those modules without these. 404 for an unknown id; for
   * partners also for a module of others.
   */
  @IsOptional()
  @Repeatable({ maxTimes: IDS_MAX })
  @IsPlatformId({ each: true, example: 'mod_maps' })
  @ApiProperty({ required: false, minItems: 1, maxItems: IDS_MAX })
  exceptModuleId?: string[];

  /** Only modules of these partners; repeatable. 404 for an unknown id; for partners for any id except their own. */
  @IsOptional()
  @Repeatable({ maxTimes: IDS_MAX })
  @IsPlatformId({ each: true, example: 'partner_7' })
  @ApiProperty({ required: false, minItems: 1, maxItems: IDS_MAX })
  partnerId?: string[];

  /** Only deployments of these customers; repeatable. For finance and admin. 404 for an unknown id. */
  @IsOptional()
  @Repeatable({ maxTimes: IDS_MAX })
  @IsPlatformId({ each: true, example: 'usr_42' })
  @ApiProperty({ required: false, minItems: 1, maxItems: IDS_MAX })
  userId?: string[];

  /** Only modules of partners, or only the platform's own. Partners cannot set `platform`. */
  @IsOptional()
  @IsOneOf(OWNERS)
  @ApiProperty({ required: false })
  owner?: Owner;

  /** `true`: also deployments without revenue. Default `false`: only those with a gross revenue above 0. */
  @IsOptional()
  @IsBooleanParameter()
  @ApiProperty({ required: false, default: false })
  includeFree?: boolean;
}

/** The filter that the response was computed with. */
export class RevenueAnsweredFilterDto extends TimeRangeResponseDto implements AnsweredFilter {
  /** Empty: all. */
  @ApiProperty({ type: [String], example: ['mod_charts'] })
  moduleIds: readonly string[];

  /** Excluded modules; empty: none. */
  @ApiProperty({ type: [String], example: [] })
  exceptModuleIds: readonly string[];

  /** Empty: all. Partners see their own id here. */
  @ApiProperty({ type: [String], example: ['partner_7'] })
  partnerIds: readonly string[];

  /** The customers; empty: all. Always empty for partners. */
  @ApiProperty({ type: [String], example: [] })
  userIds: readonly string[];

  @ApiProperty({ enum: OWNERS, title: 'ModuleOwner', nullable: true, example: null })
  owner: Owner | null;

  @ApiProperty({ type: 'boolean', example: false })
  includeFree: boolean;
}
