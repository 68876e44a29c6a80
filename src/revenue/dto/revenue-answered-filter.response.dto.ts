import { ApiProperty } from '@nestjs/swagger';
import { TimeRangeResponseDto } from '../../variables/index.js';
import type { AnsweredFilter } from '../filter/answered-filter.js';
import { OWNERS, type Owner } from '../filter/revenue-filter.js';

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
