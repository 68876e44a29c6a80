import { ApiProperty } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsBooleanParameter, IsOneOf, IsPlatformId, Repeatable } from '../../../platform/validation/index.js';
import { TimeRangeRequestDto, TimeRangeResponseDto } from '../../../variables/index.js';
import type { AnsweredFilter } from '../../filter/answered-filter.js';
import { type Owner, OWNERS, type RevenueFilterRequest } from '../../filter/revenue-filter.js';

/** How many ids one list of a filter may have; an address is full long before (docs/contract.md, "Revenue"). */
const IDS_MAX = 5_000;

/** Longest body of a search: its three lists of ids, each full of the longest ids, fit in. */
export const SEARCH_BODY_MAX_BYTES = 2 * 1024 * 1024;

/** Which deployments a report is about. Everything absent: all that the caller may see. */
export class RevenueFilterRequestDto extends TimeRangeRequestDto implements RevenueFilterRequest {
  /** Only these modules; repeatable. Unknown, or foreign to a partner: 404. */
  @IsOptional()
  @Repeatable({ maxTimes: IDS_MAX })
  @IsPlatformId({ each: true, example: 'mod_charts' })
  @ApiProperty({ required: false, minItems: 1, maxItems: IDS_MAX })
  moduleId?: string[];

  /** All but these modules; repeatable. Beside `moduleId`: those without these. Unknown, or foreign to a partner: 404. */
  @IsOptional()
  @Repeatable({ maxTimes: IDS_MAX })
  @IsPlatformId({ each: true, example: 'mod_maps' })
  @ApiProperty({ required: false, minItems: 1, maxItems: IDS_MAX })
  exceptModuleId?: string[];

  /** Only modules of these partners; repeatable. A partner may name only itself. Unknown or foreign: 404. */
  @IsOptional()
  @Repeatable({ maxTimes: IDS_MAX })
  @IsPlatformId({ each: true, example: 'partner_7' })
  @ApiProperty({ required: false, minItems: 1, maxItems: IDS_MAX })
  partnerId?: string[];

  /** Only partners' modules, or only the platform's own. For finance and admin. */
  @IsOptional()
  @IsOneOf(OWNERS)
  @ApiProperty({ required: false })
  owner?: Owner;

  /** `true`: also deployments that gave no revenue. Default `false`: only those whose gross is above 0. */
  @IsOptional()
  @IsBooleanParameter()
  @ApiProperty({ required: false, default: false })
  includeFree?: boolean;
}

/** The filter that an answer went by. */
export class RevenueAnsweredFilterDto extends TimeRangeResponseDto implements AnsweredFilter {
  /** Empty: all. */
  @ApiProperty({ type: [String], example: ['mod_charts'] })
  moduleIds: readonly string[];

  /** Modules that were left out; empty: none. */
  @ApiProperty({ type: [String], example: [] })
  exceptModuleIds: readonly string[];

  /** Empty: all. A partner sees its own id here. */
  @ApiProperty({ type: [String], example: ['partner_7'] })
  partnerIds: readonly string[];

  @ApiProperty({ enum: OWNERS, title: 'ModuleOwner', nullable: true, example: null })
  owner: Owner | null;

  @ApiProperty({ type: 'boolean', example: false })
  includeFree: boolean;
}
