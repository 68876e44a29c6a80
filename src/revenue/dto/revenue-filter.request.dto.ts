import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, Length } from 'class-validator';
import {
  IsBooleanParameter,
  IsDayOrInstant,
  IsOneOf,
  IsPlatformId,
  Repeatable,
} from '../../platform/validation/index.js';
import { OWNERS, type Owner, type RevenueFilterRequest } from '../filter/revenue-filter.js';

/** How often an id may be repeated: what fits into an address. */
const IDS_MAX = 500;
/** PostgreSQL's own limit of a zone's name. */
const ZONE_NAME_MAX_CHARACTERS = 255;

/** Which deployments a report is about. Everything absent: all that the caller may see. */
export class RevenueFilterRequestDto implements RevenueFilterRequest {
  /**
   * First day (`YYYY-MM-DD`, in `timeZone`) or instant, included. A day starts at its first existing instant in the
   * zone. Absent: from the beginning.
   */
  @IsOptional()
  @IsDayOrInstant({ example: '2026-05-01' })
  @ApiProperty({ required: false })
  startDate?: string;

  /** Last day, included; or an instant, excluded. Of the same kind as `startDate`, and not before it. Absent: no end. */
  @IsOptional()
  @IsDayOrInstant({ example: '2026-05-31' })
  @ApiProperty({ required: false })
  endDate?: string;

  /** IANA name of the zone that days are meant in, letter for letter. Absent: the variable `timeZone`. */
  @IsOptional()
  @Length(1, ZONE_NAME_MAX_CHARACTERS, { message: 'must be the name of an IANA time zone' })
  @ApiProperty({ type: 'string', required: false, example: 'Europe/Berlin' })
  timeZone?: string;

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
