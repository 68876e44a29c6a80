import { ApiProperty } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsBooleanParameter, IsOneOf, IsPlatformId, Repeatable } from '../../platform/validation/index.js';
import { TimeRangeRequestDto } from '../../variables/index.js';
import { OWNERS, type Owner, type RevenueFilterRequest } from '../filter/revenue-filter.js';

/** How often an id may be repeated: what fits into an address. */
const IDS_MAX = 500;

/** Which deployments a report is about. Everything absent: all that the caller may see. */
export class RevenueFilterRequestDto extends TimeRangeRequestDto implements RevenueFilterRequest {
  /** Only these modules; repeatable. Unknown, or foreign to a partner: 404. */
  @IsOptional()
  @Repeatable({ maxTimes: IDS_MAX })
  @IsPlatformId({ each: true, example: 'mod_charts' })
  @ApiProperty({ required: false })
  moduleId?: string[];

  /** Only modules of these partners; repeatable. A partner may name only itself. Unknown or foreign: 404. */
  @IsOptional()
  @Repeatable({ maxTimes: IDS_MAX })
  @IsPlatformId({ each: true, example: 'partner_7' })
  @ApiProperty({ required: false })
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
